using System.Globalization;
using Stagedoor.Api;
using Stagedoor.Api.Core;
using AuthLevel = Solo.Gloo.Options.Azure.UpstreamSpec.Types.FunctionSpec.Types.AuthLevel;
using GlooAzure = Solo.Gloo.Options.Azure.UpstreamSpec;
using GlooTemplate = Solo.Gloo.Options.Transformation.TransformationTemplate;
using InjaText = Solo.Gloo.Options.Transformation.InjaTemplate;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Destinations that are functions of an Azure app (envoy-translation 9.13); each app has keys of its own.
/// </summary>
internal sealed class AzureFunctions : HttpFeature
{
    private const string MasterKey = "_master";

    public override void OnDestination(DestinationScope destination)
    {
        if (destination.Input.DestinationSpec?.Azure is not { } spec) return;
        if (destination.Upstream.Upstream is not { } upstream) return;
        if (upstream.Azure is not { } azure)
        {
            destination.Error("destinationSpec.azure: the Upstream is not of type azure");
            return;
        }

        var function = azure.Functions.FirstOrDefault(function => function.FunctionName == spec.FunctionName);
        if (function is null)
        {
            destination.Error($"destinationSpec.azure: the Upstream has no function '{spec.FunctionName}'");
            return;
        }

        var path = "/api/" + Uri.EscapeDataString(function.FunctionName);
        if (function.AuthLevel != AuthLevel.Anonymous)
        {
            var names = function.AuthLevel == AuthLevel.Admin ? [MasterKey] : new[] { spec.FunctionName, MasterKey };
            if (Key(azure, names, destination) is not { } key) return;
            path += "?code=" + Uri.EscapeDataString(key);
        }

        FunctionScripts.Configure(destination, new GlooTemplate
        {
            Passthrough = new Solo.Gloo.Options.Transformation.Passthrough(),
            Headers =
            {
                [":path"] = new InjaText { Text = path },
                [":authority"] = new InjaText { Text = AzureUpstream.HostOf(azure) },
            },
        });
    }

    private static string? Key(GlooAzure azure, string[] names, DestinationScope destination)
    {
        if (azure.SecretRef is { } reference)
        {
            var secret = destination.Route.Host.View.Find<Secret>(
                ResourceKinds.Secret, reference.Namespace, reference.Name);
            var keys = secret is null ? null : AzureKeys.Of(secret);
            foreach (var name in names)
                if (keys is not null && keys.TryGetValue(name, out var key))
                    return key;
        }

        destination.Error(string.Create(
            CultureInfo.InvariantCulture, $"destinationSpec.azure: no API key [{string.Join(' ', names)}] was found"));
        return null;
    }
}
