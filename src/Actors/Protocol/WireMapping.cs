using System.Buffers.Binary;
using Google.Protobuf;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Protocol;

/// <summary>Between the core's types and their form in messages and in the journal.</summary>
internal static class WireMapping
{
    public static WireGeneration ToWire(this Generation generation) =>
        new() { Term = generation.Term, Seq = generation.Seq };

    public static Generation ToCore(this WireGeneration? generation) =>
        generation is null ? Generation.None : new Generation(generation.Term, generation.Seq);

    public static ByteString ToWire(this ResourceHash hash)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash.Value);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    /// <summary>The hash; the zero hash, which is no content's, if the bytes are not one.</summary>
    public static ResourceHash ToHash(this ByteString bytes) =>
        bytes.Length == 16 ? new ResourceHash(BinaryPrimitives.ReadUInt128BigEndian(bytes.Span)) : default;

    public static WireName ToWire(this ResourceName name) => new() { Type = (int)name.Type, Name = name.Name };

    public static ResourceName ToCore(this WireName? name) =>
        name is null ? default : new ResourceName((XdsType)name.Type, name.Name);

    public static ManifestEntry ToCore(this WireEntry entry)
    {
        var id = entry.Id.ToCore();
        return new ManifestEntry(id.Type, id.Name, entry.Hash.ToHash(), entry.Size, entry.Since.ToCore());
    }

    public static WireEntry ToWire(this SnapshotResource resource) => new()
    {
        Id = ResourceName.Of(resource.Resource).ToWire(),
        Hash = resource.Resource.Hash.ToWire(),
        Size = resource.Resource.Bytes.Length,
        Since = resource.Since.ToWire(),
    };

    public static ResourceRefs ToCore(this WireRefs? refs) => refs is null
        ? ResourceRefs.None
        : new ResourceRefs
        {
            Clusters = [.. refs.Clusters],
            RouteConfigurations = [.. refs.RouteConfigurations],
            Assignments = [.. refs.Assignments],
            Secrets = [.. refs.Secrets],
            WarmsSlowly = refs.WarmsSlowly,
        };

    public static WireRefs? ToWire(this ResourceRefs refs)
    {
        if (SameAs(refs, ResourceRefs.None)) return null;
        var wire = new WireRefs { WarmsSlowly = refs.WarmsSlowly };
        wire.Clusters.AddRange(refs.Clusters);
        wire.RouteConfigurations.AddRange(refs.RouteConfigurations);
        wire.Assignments.AddRange(refs.Assignments);
        wire.Secrets.AddRange(refs.Secrets);
        return wire;
    }

    /// <summary>Equality of content: the record's own compares arrays by identity.</summary>
    public static bool SameAs(this ResourceRefs left, ResourceRefs right) =>
        ReferenceEquals(left, right)
        || (left.WarmsSlowly == right.WarmsSlowly
            && left.Clusters.AsSpan().SequenceEqual(right.Clusters.AsSpan())
            && left.RouteConfigurations.AsSpan().SequenceEqual(right.RouteConfigurations.AsSpan())
            && left.Assignments.AsSpan().SequenceEqual(right.Assignments.AsSpan())
            && left.Secrets.AsSpan().SequenceEqual(right.Secrets.AsSpan()));
}
