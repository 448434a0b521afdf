using Google.Protobuf.WellKnownTypes;
using SubsetConfig = Envoy.Config.Cluster.V3.Cluster.Types.LbSubsetConfig;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>subsetSpec</c> of an Upstream (envoy-translation 5.2).</summary>
internal static class Subsets
{
    /// <summary>The subset specification of an Upstream, or null.</summary>
    public static GlooV1.Options.SubsetSpec? Of(GlooV1.Upstream upstream) =>
        upstream.Consul is { } consul ? ConsulSubsets.Of(consul) : upstream.Kube?.SubsetSpec;

    public static void Apply(ClusterScope cluster)
    {
        if (Of(cluster.Upstream) is not { } spec) return;
        var config = new SubsetConfig
        {
            FallbackPolicy = spec.FallbackPolicy switch
            {
                GlooV1.Options.FallbackPolicy.DefaultSubset => SubsetConfig.Types.LbSubsetFallbackPolicy.DefaultSubset,
                GlooV1.Options.FallbackPolicy.NoFallback => SubsetConfig.Types.LbSubsetFallbackPolicy.NoFallback,
                _ => SubsetConfig.Types.LbSubsetFallbackPolicy.AnyEndpoint,
            },
        };
        if (spec.DefaultSubset is { } subset)
        {
            config.DefaultSubset = new Struct();
            foreach (var (name, value) in subset.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                config.DefaultSubset.Fields.Add(name, Value.ForString(value));
        }

        foreach (var selector in spec.Selectors)
        {
            config.SubsetSelectors.Add(new SubsetConfig.Types.LbSubsetSelector
            {
                Keys = { selector.Keys },
                SingleHostPerSubset = selector.SingleHostPerSubset,
            });
        }

        cluster.Output.LbSubsetConfig = config;
    }
}
