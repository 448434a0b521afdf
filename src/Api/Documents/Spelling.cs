namespace Stagedoor.Api.Documents;

/// <summary>Finds the name that somebody probably meant.</summary>
internal static class Spelling
{
    /// <summary>The closest candidate, if it is close enough to be suggested; ties go to the first.</summary>
    public static string? Closest(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > 64) return null;
        string? best = null;
        var bestDistance = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - word.Length) >= bestDistance) continue;
            var distance = Distance(word, candidate);
            if (distance >= bestDistance) continue;
            best = candidate;
            bestDistance = distance;
        }

        return best;
    }

    /// <summary>A hint such as <c>did you mean "routes"?</c>, or null.</summary>
    public static string? Hint(string word, IEnumerable<string> candidates) =>
        Closest(word, candidates) is { } meant ? $"did you mean \"{meant}\"?" : null;

    /// <summary>Edits (insert, delete, replace) between two words, letter case ignored.</summary>
    private static int Distance(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++) row[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var same = char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]);
                var edit = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = edit;
            }
        }

        return row[to.Length];
    }
}
