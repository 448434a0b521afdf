using GlooRequest = Solo.Gloo.Options.Transformation.RequestMatch;
using GlooResponse = Solo.Gloo.Options.Transformation.ResponseMatch;
using GlooStaged = Solo.Gloo.Options.Transformation.TransformationStages;
using GlooTransformations = Solo.Gloo.Options.Transformation.Transformations;

namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>The transformations of one stage at one place.</summary>
/// <param name="Requests">Tried in order; the first that matches acts.</param>
/// <param name="Responses">The same, if the request's entry has no response transformation.</param>
/// <param name="Escapes">Whether strings are escaped for JSON unless a template says otherwise.</param>
internal sealed record StageTransformations(
    IReadOnlyList<GlooRequest> Requests, IReadOnlyList<GlooResponse> Responses, bool Escapes)
{
    /// <summary>Whether answers are to be unwrapped as an API gateway does it.</summary>
    public bool Unwraps { get; init; }

    /// <summary>The stages that a virtual host, route or destination has, the deprecated form included.</summary>
    public static Dictionary<TransformationStage, StageTransformations> Of(
        GlooStaged? staged, GlooTransformations? deprecated, GlooV1.Settings settings)
    {
        var stages = new Dictionary<TransformationStage, StageTransformations>();
        var defaultEscapes = settings.Gloo?.TransformationEscapeCharacters ?? false;
        var escapes = staged?.EscapeCharacters ?? defaultEscapes;
        Add(TransformationStage.Early, staged?.Early);
        Add(TransformationStage.Regular, staged?.Regular);
        Add(TransformationStage.PostRouting, staged?.PostRouting);
        if (deprecated is not null && staged?.Regular is null)
        {
            stages[TransformationStage.Regular] = new StageTransformations(
                [
                    new GlooRequest
                    {
                        ClearRouteCache = deprecated.ClearRouteCache,
                        RequestTransformation = deprecated.RequestTransformation,
                        ResponseTransformation = deprecated.ResponseTransformation,
                    },
                ], [], defaultEscapes);
        }

        return stages;

        void Add(
            TransformationStage stage, Solo.Gloo.Options.Transformation.RequestResponseTransformations? input)
        {
            if (input is not null && input.RequestTransforms.Count + input.ResponseTransforms.Count > 0)
                stages[stage] = new StageTransformations(
                    [.. input.RequestTransforms], [.. input.ResponseTransforms], escapes);
        }
    }
}
