using Envoy.Extensions.Filters.Http.Lua.V3;
using Stagedoor.Translation.Envoy.Transformations;
using GlooRequest = Solo.Gloo.Options.Transformation.RequestMatch;
using GlooTemplate = Solo.Gloo.Options.Transformation.TransformationTemplate;
using GlooTransformation = Solo.Gloo.Options.Transformation.Transformation;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Transformations that a function of an Upstream needs (Lambda, Azure, REST), in a stage of their own right before the
/// filters that call functions, so that they and those of the user do not replace each other.
/// </summary>
internal static class FunctionScripts
{
    /// <summary>Makes requests and answers of a destination fit for its function.</summary>
    public static void Configure(
        DestinationScope destination, GlooTemplate? request, GlooTemplate? response = null) =>
        Configure(destination, Of(request), Of(response), false);

    /// <summary>The same with any transformations, and with answers that an API gateway would unwrap.</summary>
    public static void Configure(
        DestinationScope destination, GlooTransformation? request, GlooTransformation? response, bool unwraps)
    {
        var stage = TransformationStage.Function;
        try
        {
            var entry = new GlooRequest { RequestTransformation = request, ResponseTransformation = response };
            destination.Configure(stage.Lua, new LuaPerRoute
            {
                FilterContext = TransformationScript.Compile(
                    stage, new StageTransformations([entry], [], false) { Unwraps = unwraps }),
            });
        }
        catch (TransformationException e)
        {
            destination.Route.Error($"destinationSpec: {e.Message}", EnvoyCodes.InvalidTransformation);
        }
    }

    private static GlooTransformation? Of(GlooTemplate? template) =>
        template is null ? null : new GlooTransformation { TransformationTemplate = template };
}
