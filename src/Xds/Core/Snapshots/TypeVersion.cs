namespace Stagedoor.Xds;

/// <summary>
/// <c>version_info</c> of a state-of-the-world response: <c>term.seq-hash</c>, the generation it was taken from and the
/// hash of the type's list. Content is compared by the hash alone, age by the generation alone.
/// </summary>
/// <param name="Generation">The snapshot's generation.</param>
/// <param name="Hash">Hash of the list.</param>
public readonly record struct TypeVersion(Generation Generation, ListHash Hash)
{
    /// <summary>The version of snapshots that no owner committed (Gloo's word, infrastructure 1.6).</summary>
    public const string Unversioned = "unversioned";

    /// <summary>
    /// Reads what <see cref="ToString"/> wrote; false for any other text, such as another server's version.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TypeVersion version)
    {
        version = default;
        var dash = text.IndexOf('-');
        if (dash < 0 || text.Length - dash - 1 != 32) return false;
        if (!Generation.TryParse(text[..dash], out var generation)) return false;
        if (!UInt128.TryParse(
                text[(dash + 1)..], System.Globalization.NumberStyles.HexNumber,
                System.Globalization.CultureInfo.InvariantCulture, out var hash))
            return false;
        version = new TypeVersion(generation, new ListHash(hash));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Generation == Generation.None ? Unversioned : $"{Generation}-{Hash}";
}
