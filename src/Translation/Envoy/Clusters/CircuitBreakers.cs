using Threshold = Envoy.Config.Cluster.V3.CircuitBreakers.Types.Thresholds;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>circuitBreakers</c> of an Upstream, else of the Settings, as a whole (envoy-translation 5.2).</summary>
internal static class CircuitBreakers
{
    public static void Apply(ClusterScope cluster)
    {
        var breakers = cluster.Upstream.CircuitBreakers ?? cluster.View.Settings.Gloo?.CircuitBreakers;
        if (breakers is null) return;
        cluster.Output.CircuitBreakers = new EnvoyCluster.CircuitBreakers();
        cluster.Output.CircuitBreakers.Thresholds.Add(Thresholds(breakers, false));
    }

    /// <summary>One threshold of default priority.</summary>
    public static Threshold Thresholds(GlooV1.CircuitBreakerConfig breakers, bool tracksRemaining) => new()
    {
        MaxConnections = breakers.MaxConnections,
        MaxPendingRequests = breakers.MaxPendingRequests,
        MaxRequests = breakers.MaxRequests,
        MaxRetries = breakers.MaxRetries,
        TrackRemaining = tracksRemaining && breakers.TrackRemaining,
    };
}
