using GlooTemplate = Solo.Gloo.Options.Transformation.TransformationTemplate;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Destinations that are REST functions of an Upstream's <c>serviceSpec</c> (envoy-translation 9.14).
/// </summary>
internal sealed class RestFunctions : HttpFeature
{
    public override void OnDestination(DestinationScope destination)
    {
        if (destination.Input.DestinationSpec?.Rest is not { } spec) return;
        if (destination.Upstream.Upstream is not { } upstream) return;
        if (ServiceSpecs.Of(upstream)?.Rest is not { } rest)
        {
            destination.Error("destinationSpec.rest: the Upstream has no serviceSpec.rest");
            return;
        }

        if (!rest.Transformations.TryGetValue(spec.FunctionName, out var function))
        {
            destination.Error($"destinationSpec.rest: the Upstream has no function '{spec.FunctionName}'");
            return;
        }

        var request = GlooTemplates.Copy(function);
        request.Extractors.Clear();
        try
        {
            ParameterExtractors.Add(spec.Parameters, request.Extractors);
        }
        catch (Transformations.TransformationException e)
        {
            destination.Error($"destinationSpec.rest.parameters: {e.Message}");
            return;
        }

        GlooTemplate? response = spec.ResponseTransformation is { } answer ? GlooTemplates.Copy(answer) : null;
        FunctionScripts.Configure(destination, request, response);
    }
}
