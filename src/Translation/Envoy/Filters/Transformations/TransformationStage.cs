namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>A stage of transformations: a filter of its own, configured apart from those of the other stages.</summary>
/// <param name="Name">Gloo's name.</param>
/// <param name="Suffix">Follows the names of its filters.</param>
internal sealed record TransformationStage(string Name, string Suffix)
{
    public static readonly TransformationStage Early = new("early", ".early");

    public static readonly TransformationStage Regular = new("regular", "");

    public static readonly TransformationStage PostRouting = new("postRouting", ".post_routing");

    /// <summary>What functions of Upstreams need, right before they are called.</summary>
    public static readonly TransformationStage Function = new("function", ".function");

    public static readonly TransformationStage[] All = [Early, Regular, PostRouting, Function];

    /// <summary>Name of the filter that runs scripts.</summary>
    public string Lua => "envoy.filters.http.lua" + Suffix;

    /// <summary>Name of the filter that changes headers.</summary>
    public string HeaderMutation => "envoy.filters.http.header_mutation" + Suffix;
}
