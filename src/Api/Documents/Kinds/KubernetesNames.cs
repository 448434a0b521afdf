namespace Stagedoor.Api.Documents;

/// <summary>Kubernetes' rules for names of objects.</summary>
internal static class KubernetesNames
{
    /// <summary>RFC 1123 label: at most 63 lower-case letters, digits and inner hyphens.</summary>
    public static bool IsLabel(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > 63 || name[0] == '-' || name[^1] == '-') return false;
        foreach (var c in name)
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                return false;
        return true;
    }

    /// <summary>
    /// RFC 1123 subdomain: labels (their length not limited) joined with dots, at most 253 characters.
    /// </summary>
    public static bool IsSubdomain(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > 253) return false;
        var previous = '.';
        foreach (var c in name)
        {
            var letter = char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
            if (!letter && c is not ('-' or '.')) return false;
            // Each label starts and ends with a letter or digit.
            if (!letter && previous == '.') return false;
            if (c == '.' && previous == '-') return false;
            previous = c;
        }

        return previous is not ('.' or '-');
    }
}
