using GlooStage = Solo.Gloo.Filters.FilterStage;

namespace Stagedoor.Translation.Envoy;

/// <summary>Gloo's stages of HTTP and network filters, in their order (envoy-translation 3.3).</summary>
internal enum FilterStage
{
    Fault = 0,
    Cors = 1,
    Waf = 2,
    AuthN = 3,
    AuthZ = 4,
    RateLimit = 5,
    Accepted = 6,
    OutAuth = 7,
    Route = 8,
}

/// <summary>Where a filter stands: its stage, and whether it is before (-1), within (0) or after (1) it.</summary>
internal readonly record struct FilterSlot(FilterStage Stage, int Weight)
{
    public static FilterSlot Before(FilterStage stage) => new(stage, -1);

    public static FilterSlot During(FilterStage stage) => new(stage, 0);

    public static FilterSlot After(FilterStage stage) => new(stage, 1);

    /// <summary>The slot that a user gave.</summary>
    public static FilterSlot Of(GlooStage stage) => new((FilterStage)(int)stage.Stage, stage.Predicate switch
    {
        GlooStage.Types.Predicate.Before => -1,
        GlooStage.Types.Predicate.After => 1,
        _ => 0,
    });
}
