using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>Names in Envoy's configuration that users' dashboards and tools rely on (envoy-translation 5.1).</summary>
internal static class EnvoyNames
{
    /// <summary>The cluster of an Upstream: <c>name_namespace</c>, or the name alone without a namespace.</summary>
    public static string Cluster(ResourceKey upstream) =>
        upstream.Namespace.Length == 0 ? upstream.Name : $"{upstream.Name}_{upstream.Namespace}";
}
