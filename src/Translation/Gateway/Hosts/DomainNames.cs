namespace Stagedoor.Translation.Gateway;

/// <summary>Domains as Envoy compares them.</summary>
internal static class DomainNames
{
    /// <summary>Envoy refuses two domains that differ only in case.</summary>
    public static string Claim(string domain)
    {
        foreach (var c in domain)
        {
            if (char.IsAsciiLetterUpper(c)) return domain.ToLowerInvariant();
        }

        return domain;
    }
}
