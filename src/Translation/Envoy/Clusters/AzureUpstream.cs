using GlooAzure = Solo.Gloo.Options.Azure.UpstreamSpec;

namespace Stagedoor.Translation.Envoy;

/// <summary>Upstreams of type <c>azure</c>: the functions of an app (envoy-translation 9.13).</summary>
internal static class AzureUpstream
{
    public static void Apply(ClusterScope cluster, GlooAzure input)
    {
        if (!CloudHost.IsLabel(input.FunctionAppName)) cluster.Error("azure.functionAppName is required");
        CloudHost.Apply(cluster, HostOf(input));
    }

    /// <summary>The host of an app.</summary>
    public static string HostOf(GlooAzure input) => $"{input.FunctionAppName}.azurewebsites.net";
}
