using System.Globalization;

namespace Stagedoor.Xds.Sessions;

/// <summary>The texts of nonces, which count from 1 on each stream; streams share the first few thousand.</summary>
internal static class Nonces
{
    private static readonly string?[] First = new string?[16 * 1024];

    public static string Of(long number) => number < First.Length
        ? First[number] ??= number.ToString(CultureInfo.InvariantCulture)
        : number.ToString(CultureInfo.InvariantCulture);
}
