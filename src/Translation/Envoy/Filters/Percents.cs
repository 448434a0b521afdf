using Denominator = Envoy.Type.V3.FractionalPercent.Types.DenominatorType;
using GlooPercent = Solo.Envoy.Config.Core.V3.RuntimeFractionalPercent;

namespace Stagedoor.Translation.Envoy;

/// <summary>Percentages as Envoy's fractions.</summary>
internal static class Percents
{
    /// <summary>Of a percentage: millionths, what is smaller is cut off.</summary>
    public static EnvoyType.FractionalPercent Of(float percentage) => new()
    {
        Numerator = (uint)(percentage * 10_000f),
        Denominator = Denominator.Million,
    };

    /// <summary>Every request.</summary>
    public static EnvoyCore.RuntimeFractionalPercent Always() => Hundredths(100);

    /// <summary>So many of a hundred requests.</summary>
    public static EnvoyCore.RuntimeFractionalPercent Hundredths(uint numerator, string runtimeKey = "") => new()
    {
        DefaultValue = new EnvoyType.FractionalPercent { Numerator = numerator, Denominator = Denominator.Hundred },
        RuntimeKey = runtimeKey,
    };

    /// <summary>A copy; Envoy insists on a default value.</summary>
    public static EnvoyCore.RuntimeFractionalPercent Of(GlooPercent input) => new()
    {
        DefaultValue = new EnvoyType.FractionalPercent
        {
            Numerator = input.DefaultValue?.Numerator ?? 0,
            Denominator = (Denominator)(int)(input.DefaultValue?.Denominator ?? 0),
        },
        RuntimeKey = input.RuntimeKey,
    };

    /// <summary>Why a percentage is refused; null if it is fit.</summary>
    public static string? Check(float percentage) =>
        percentage is >= 0 and <= 100 ? null : "a percentage must be between 0 and 100";
}
