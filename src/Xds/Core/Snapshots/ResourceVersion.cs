using System.Globalization;

namespace Stagedoor.Xds;

/// <summary>The version of one resource on the wire, <c>term.seq-hash</c> (design 4).</summary>
/// <param name="Since">The generation that committed the content.</param>
/// <param name="Hash">The content.</param>
public readonly record struct ResourceVersion(Generation Since, ResourceHash Hash)
{
    /// <summary>
    /// Reads what <see cref="ToString"/> wrote; false for any other text, such as another server's version.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ResourceVersion version)
    {
        version = default;
        var dash = text.IndexOf('-');
        if (dash < 0 || !Generation.TryParse(text[..dash], out var since)) return false;
        var digits = text[(dash + 1)..];
        if (!UInt128.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash))
            return false;
        version = new ResourceVersion(since, new ResourceHash(hash));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Since}-{Hash}";
}
