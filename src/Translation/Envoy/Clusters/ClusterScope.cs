using Google.Protobuf.WellKnownTypes;
using Stagedoor.Api;
using Stagedoor.Xds;

namespace Stagedoor.Translation.Envoy;

/// <summary>One Upstream on its way to a cluster: what the features of clusters read, write and report.</summary>
internal sealed class ClusterScope(ResourceKey key, GlooV1.Upstream upstream, TrackedView view)
{
    /// <summary>The Upstream.</summary>
    public ResourceKey Key { get; } = key;

    /// <summary>Its message.</summary>
    public GlooV1.Upstream Upstream { get; } = upstream;

    /// <summary>The inputs.</summary>
    public TrackedView View { get; } = view;

    /// <summary>The cluster being made.</summary>
    public EnvoyCluster.Cluster Output { get; set; } = new() { Name = EnvoyNames.Cluster(key) };

    /// <summary>The assignment of an EDS cluster; null for other types.</summary>
    public EnvoyEndpoint.ClusterLoadAssignment? Assignment { get; set; }

    /// <summary>SDS resources that it refers to.</summary>
    public SecretSet Secrets { get; } = new();

    /// <summary>Clusters and listeners that it needs besides.</summary>
    public List<EncodedResource> Others { get; } = [];

    /// <summary>What is wrong.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>An error: the cluster is left out.</summary>
    public void Error(string reason, string code = EnvoyCodes.InvalidUpstream) =>
        Problems.Add(Problem.Error(code, reason));

    /// <summary>A warning: the cluster is served.</summary>
    public void Warn(string reason, string code = EnvoyCodes.InvalidUpstream) =>
        Problems.Add(Problem.Warning(code, reason));

    /// <summary>Reports a duration that Envoy would refuse.</summary>
    public Duration? Checked(Duration? duration, string field)
    {
        if (duration is not null && !Durations.IsPositive(duration)) Error($"{field} must be greater than 0");
        return duration;
    }
}
