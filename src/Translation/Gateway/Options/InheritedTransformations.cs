using Solo.Gloo;
using Solo.Gloo.Options.Transformation;

namespace Stagedoor.Translation.Gateway;

/// <summary><c>stagedTransformations.inheritTransformation</c> (gateway-translation 1.7.3, step 5).</summary>
internal static class InheritedTransformations
{
    /// <summary>
    /// The route's options; if they ask for it, with the parent's transformations of the stages early and regular
    /// behind their own.
    /// </summary>
    public static RouteOptions? Apply(RouteOptions? options, TransformationStages? parent)
    {
        if (parent is null || options?.StagedTransformations is not { InheritTransformation: true } own) return options;
        var stages = ShallowMerge.ShallowCopy(own);
        stages.Early = Append(own.Early, parent.Early);
        stages.Regular = Append(own.Regular, parent.Regular);
        var result = ShallowMerge.ShallowCopy(options);
        result.StagedTransformations = stages;
        return result;
    }

    private static RequestResponseTransformations? Append(
        RequestResponseTransformations? own, RequestResponseTransformations? parent)
    {
        if (own is null || parent is null) return own ?? parent;
        var both = new RequestResponseTransformations();
        both.RequestTransforms.AddRange(own.RequestTransforms);
        both.RequestTransforms.AddRange(parent.RequestTransforms);
        both.ResponseTransforms.AddRange(own.ResponseTransforms);
        both.ResponseTransforms.AddRange(parent.ResponseTransforms);
        return both;
    }
}
