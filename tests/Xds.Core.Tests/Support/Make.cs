using System.Collections.Immutable;
using System.Text;

namespace Stagedoor.Xds.Tests.Support;

/// <summary>Resources and snapshots of a few words.</summary>
internal static class Make
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static EncodedResource Resource(XdsType type, string name, string content, ResourceRefs? refs = null) =>
        EncodedResource.FromBytes(
            type, name, Encoding.UTF8.GetBytes($"{name}={content}"), [], refs ?? ResourceRefs.None);

    public static EncodedResource Cluster(string name, string content = "v1", bool slow = false) =>
        Resource(XdsType.Cluster, name, content, new ResourceRefs { WarmsSlowly = slow });

    public static EncodedResource EdsCluster(string name, string content = "v1", string? assignment = null) =>
        Resource(XdsType.Cluster, name, content, new ResourceRefs { Assignments = [assignment ?? name] });

    public static EncodedResource Endpoints(string name, string content = "v1") =>
        Resource(XdsType.ClusterLoadAssignment, name, content);

    public static EncodedResource Secret(string name, string content = "v1") => Resource(XdsType.Secret, name, content);

    public static EncodedResource Listener(string name, string content = "v1", params string[] clusters) =>
        Resource(XdsType.Listener, name, content, new ResourceRefs { Clusters = [.. clusters] });

    public static EncodedResource Routes(string name, string content = "v1", params string[] clusters) =>
        Resource(XdsType.RouteConfiguration, name, content, new ResourceRefs { Clusters = [.. clusters] });

    public static Snapshot Snapshot(long seq, params EncodedResource[] resources) => Snapshot(1, seq, resources);

    public static Snapshot Snapshot(long term, long seq, params EncodedResource[] resources)
    {
        var generation = new Generation(term, seq);
        return new Snapshot("ns~p", generation)
        {
            Resources = resources.GroupBy(resource => resource.Type).ToImmutableDictionary(
                group => group.Key,
                group => group.ToImmutableSortedDictionary(
                    resource => resource.Name, resource => new SnapshotResource(resource, generation),
                    StringComparer.Ordinal)),
        };
    }

    public static string Content(this SnapshotResource resource) =>
        Encoding.UTF8.GetString(resource.Resource.Bytes.Span)[(resource.Name.Length + 1)..];

    /// <summary><c>name=content</c>, in the order sent.</summary>
    public static string Text(this IEnumerable<SnapshotResource> resources) =>
        string.Join(' ', resources.Select(resource => $"{resource.Name}={resource.Content()}"));
}
