using System.Globalization;
using System.IO.Hashing;

namespace Stagedoor.Xds;

/// <summary>XxHash128 of a resource's deterministic bytes: equal hash means equal content (design 4).</summary>
/// <param name="Value">The 128 bits.</param>
public readonly record struct ResourceHash(UInt128 Value) : IComparable<ResourceHash>
{
    /// <summary>Hashes a resource's encoded message.</summary>
    public static ResourceHash Of(ReadOnlySpan<byte> bytes) => new(XxHash128.HashToUInt128(bytes));

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is not 32 hexadecimal digits.</exception>
    public static ResourceHash Parse(string text) =>
        new(UInt128.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public int CompareTo(ResourceHash other) => Value.CompareTo(other.Value);

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    public static bool operator <(ResourceHash left, ResourceHash right) => left.Value < right.Value;

    public static bool operator >(ResourceHash left, ResourceHash right) => left.Value > right.Value;

    public static bool operator <=(ResourceHash left, ResourceHash right) => left.Value <= right.Value;

    public static bool operator >=(ResourceHash left, ResourceHash right) => left.Value >= right.Value;
}
