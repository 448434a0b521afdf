namespace Stagedoor.Translation;

/// <summary>
/// Bounds of the number of instructions of a compiled RE2 program, as Envoy counts them. The exact number depends on
/// RE2's simplifications and on the alphabet, which change between releases of Envoy.
/// </summary>
/// <param name="Low">It has at least so many.</param>
/// <param name="High">It has at most so many.</param>
/// <param name="MayFail">It may be one that matches nothing at all; RE2 compiles no program then.</param>
public readonly record struct Re2Size(long Low, long High, bool MayFail = false)
{
    internal static readonly Re2Size EmptyWidth = new(0, 2);

    /// <summary>A class without names, or with a name of ASCII: few ranges, or their complement in UTF-8.</summary>
    internal static readonly Re2Size Class = new(1, 20);

    /// <summary>The same where case does not matter: some ASCII letters have relatives outside of it.</summary>
    internal static readonly Re2Size FoldedClass = new(1, 40);

    /// <summary>
    /// A Unicode property: RE2's largest, in UTF-8, takes 1200; those beyond Latin-1 are empty there.
    /// </summary>
    internal static readonly Re2Size Property = new(0, 1300, true);

    internal static readonly Re2Size Capture = new(0, 2);

    internal static readonly Re2Size Alternative = new(0, 2);

    /// <summary>One after the other.</summary>
    public static Re2Size operator +(Re2Size one, Re2Size other) => Add(one, other);

    /// <summary>One after the other.</summary>
    public static Re2Size Add(Re2Size one, Re2Size other)
    {
        var mayFail = one.MayFail || other.MayFail;
        return new Re2Size(mayFail ? 0 : one.Low + other.Low, one.High + other.High, mayFail);
    }

    /// <summary>Either: RE2 joins common beginnings and single characters, so only the larger one is certain.</summary>
    public Re2Size Or(Re2Size other) =>
        new(Math.Max(Low, other.Low), High + other.High, MayFail && other.MayFail);

    /// <summary>
    /// Any number of times. RE2 joins neighbours that repeat the same, so what may be missing is not certain.
    /// </summary>
    public Re2Size Repeated(bool once) => once ? new(Low, High + 2, MayFail) : new(0, High + 2);

    /// <summary>
    /// As a whole: with fail, match and the loop before an unanchored match. RE2 flattens alternatives to lists, of
    /// which it may need copies.
    /// </summary>
    public Re2Size Framed() => this with { High = (2 * High) + 8 };

    /// <summary>Unrolled: so many copies that have to be there, and optional ones up to the most.</summary>
    public Re2Size Times(int least, int most) => new(Low * least, ((High + 1) * Math.Max(most, 1)) + 2, MayFail);
}
