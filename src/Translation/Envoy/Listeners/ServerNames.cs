namespace Stagedoor.Translation.Envoy;

/// <summary>The names that a filter chain matches by SNI.</summary>
internal static class ServerNames
{
    /// <summary>Why Envoy refuses a name; null if it is fit: exact, or with <c>*.</c> in front.</summary>
    public static string? Problem(string name)
    {
        if (name.Length == 0) return "an SNI domain must not be empty";
        if (name.Any(c => c is <= ' ' or >= '\x7f')) return $"'{name}' is not an SNI domain";
        var rest = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;
        return rest.Length == 0 || rest.Contains('*', StringComparison.Ordinal)
            ? $"SNI domain '{name}': Envoy matches exact names and '*.' followed by one"
            : null;
    }

    /// <summary>The fit ones, without regard to case each once; the others are reported.</summary>
    public static List<string> Valid(IEnumerable<string> names, Action<string> report)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var valid = new List<string>();
        foreach (var name in names)
        {
            if (Problem(name) is { } why) report(why);
            else if (seen.Add(name)) valid.Add(name);
        }

        return valid;
    }
}
