using Shouldly;
using Stagedoor.Xds.Tests.Support;

namespace Stagedoor.Xds.Tests.Model;

/// <summary>
/// What an Envoy holds and how it takes updates (envoy.md 3), checking on the way that it is never told to point at
/// something it does not have (I3).
/// </summary>
internal sealed class ModelEnvoy(Random random)
{
    private readonly Dictionary<(XdsType, string), SnapshotResource> _held = [];
    private readonly HashSet<(XdsType, string)> _rejectedWith = [];

    /// <summary>Route configurations that its listeners name; others are ignored (envoy.md 3.1).</summary>
    public HashSet<string> WantedRoutes { get; } = ["ra", "rb"];

    /// <summary>Clusters that wait for their assignment.</summary>
    public HashSet<string> Warming { get; } = [];

    public static bool IsBad(SnapshotResource resource) => resource.Content().Contains("bad", StringComparison.Ordinal);

    public IEnumerable<SnapshotResource> Held(XdsType type) =>
        _held.Where(entry => entry.Key.Item1 == type).Select(entry => entry.Value);

    public SnapshotResource? Held(XdsType type, string name) => _held.GetValueOrDefault((type, name));

    /// <summary>Assignments that its clusters need.</summary>
    public string[] WantedAssignments() =>
        [.. Held(XdsType.Cluster).SelectMany(cluster => cluster.Resource.Refs.Assignments).Distinct().Order()];

    /// <summary>No listener names it any more.</summary>
    public void DropRoutes(string name)
    {
        WantedRoutes.Remove(name);
        _held.Remove((XdsType.RouteConfiguration, name));
    }

    /// <summary>Takes an update; the error it answers with, or null.</summary>
    public string? Take(XdsType type, IReadOnlyList<SnapshotResource> resources, IReadOnlyList<string> removed)
    {
        resources.Select(resource => resource.Name).Distinct().Count().ShouldBe(resources.Count, "R17: a name twice");
        var bad = resources.Where(IsBad).ToList();
        // A NACK that is still under way cannot hold back what follows; afterwards the server knows.
        if (bad.Count > 0) _rejectedWith.UnionWith(resources.Select(resource => (type, resource.Name)));
        var takesGoodOnes = bad.Count == 0 || random.Next(2) == 0;
        if (takesGoodOnes)
        {
            foreach (var resource in resources.Where(resource => !IsBad(resource))) Apply(resource);
            foreach (var name in removed) Remove(type, name);
        }

        if (bad.Count == 0) return null;
        // CDS and LDS that take a part of a response name what they did not take.
        var names = (takesGoodOnes && type is XdsType.Cluster or XdsType.Listener) || random.Next(2) == 0;
        var culprits = string.Join(", ", bad.Select(resource => resource.Name + ": wrong"));
        return names
            ? $"Error adding/updating resource(s) {culprits}"
            : "something is wrong";
    }

    private void Apply(SnapshotResource resource)
    {
        var type = resource.Resource.Type;
        if (type == XdsType.RouteConfiguration && !WantedRoutes.Contains(resource.Name)) return;
        if (type is XdsType.Listener or XdsType.RouteConfiguration)
        {
            foreach (var cluster in resource.Resource.Refs.Clusters)
            {
                (Held(XdsType.Cluster, cluster) is not null || _rejectedWith.Contains((XdsType.Cluster, cluster)))
                    .ShouldBeTrue($"I3: {type} {resource.Name} refers to cluster {cluster}, which was never offered");
            }
        }

        if (type == XdsType.Cluster && Held(type, resource.Name)?.Hash != resource.Hash)
            Warming.UnionWith(resource.Resource.Refs.Assignments);
        if (type == XdsType.ClusterLoadAssignment) Warming.Remove(resource.Name);
        _held[(type, resource.Name)] = resource;
    }

    private void Remove(XdsType type, string name)
    {
        if (type is not (XdsType.Cluster or XdsType.Listener)) return;
        // In state of the world a rejected cluster whose predecessor the server never saw can only be left out.
        if (type == XdsType.Cluster && !_rejectedWith.Contains((type, name)))
        {
            Held(XdsType.Listener).Concat(Held(XdsType.RouteConfiguration))
                .FirstOrDefault(resource => resource.Resource.RefersToCluster(name))?.Name
                .ShouldBeNull($"I3: cluster {name} is removed while something refers to it");
        }

        _held.Remove((type, name));
    }
}
