using System.Globalization;

namespace Stagedoor.Xds;

/// <summary>
/// The age of a proxy's configuration: <paramref name="Term"/> is the owner's persisted incarnation,
/// <paramref name="Seq"/> counts its commits (rule I1). Greater is newer.
/// </summary>
/// <param name="Term">Incarnation of the owner, from 1; one up per recovery.</param>
/// <param name="Seq">Commit within the incarnation, from 1.</param>
public readonly record struct Generation(long Term, long Seq) : IComparable<Generation>
{
    /// <summary>Older than every committed generation.</summary>
    public static readonly Generation None;

    /// <summary>Reads <c>term.seq</c>; false if the text is anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Generation generation)
    {
        generation = None;
        var dot = text.IndexOf('.');
        if (dot < 0
            || !long.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var term)
            || !long.TryParse(text[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
            return false;
        generation = new Generation(term, seq);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Generation other)
    {
        var order = Term.CompareTo(other.Term);
        return order == 0 ? Seq.CompareTo(other.Seq) : order;
    }

    /// <summary><c>term.seq</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Term}.{Seq}");

    public static bool operator <(Generation left, Generation right) => left.CompareTo(right) < 0;

    public static bool operator >(Generation left, Generation right) => left.CompareTo(right) > 0;

    public static bool operator <=(Generation left, Generation right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Generation left, Generation right) => left.CompareTo(right) >= 0;
}
