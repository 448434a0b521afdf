using System.Globalization;

namespace Stagedoor.Xds;

/// <summary>
/// <c>version_info</c> of a state-of-the-world response: <c>term.seq-hash</c>, the generation it was taken from and the
/// hash of the type's list. Content is compared by the hash alone, age by the generation alone. A list that still has
/// clusters which the snapshot dropped ends in <c>+term.seq</c>, the generation that they are kept from.
/// </summary>
/// <param name="Generation">The snapshot's generation.</param>
/// <param name="Hash">Hash of the list.</param>
/// <param name="KeptFrom">Resources that disappeared after this generation may still be in the list; null: none
/// is.</param>
public readonly record struct TypeVersion(Generation Generation, ListHash Hash, Generation? KeptFrom = null)
{
    private const int HashLength = 32;

    /// <summary>The version of snapshots that no owner committed (Gloo's word, infrastructure 1.6).</summary>
    public const string Unversioned = "unversioned";

    /// <summary>
    /// Reads what <see cref="ToString"/> wrote; false for any other text, such as another server's version.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TypeVersion version)
    {
        version = default;
        var dash = text.IndexOf('-');
        if (dash < 0 || text.Length < dash + 1 + HashLength) return false;
        if (!Generation.TryParse(text[..dash], out var generation)) return false;
        if (!UInt128.TryParse(
                text.Slice(dash + 1, HashLength), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hash))
            return false;
        Generation? keptFrom = null;
        if (text[(dash + 1 + HashLength)..] is { Length: > 0 } rest)
        {
            if (rest[0] != '+' || !Generation.TryParse(rest[1..], out var from)) return false;
            keptFrom = from;
        }

        version = new TypeVersion(generation, new ListHash(hash), keptFrom);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Generation == Generation.None ? Unversioned
        : KeptFrom is { } from ? $"{Generation}-{Hash}+{from}"
        : $"{Generation}-{Hash}";
}
