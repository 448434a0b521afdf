using System.Buffers.Binary;
using Google.Protobuf;
using Stagedoor.Actors.Wire;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Protocol;

/// <summary>Between the core's types and their form on the wire and in the journal.</summary>
internal static class WireMapping
{
    public static Gen ToWire(this Generation generation) => new() { Term = generation.Term, Seq = generation.Seq };

    public static Generation ToCore(this Gen? generation) =>
        generation is null ? Generation.None : new Generation(generation.Term, generation.Seq);

    public static ByteString ToWire(this ResourceHash hash)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash.Value);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    public static ResourceHash ToHash(this ByteString bytes) =>
        new(bytes.Length == 16 ? BinaryPrimitives.ReadUInt128BigEndian(bytes.Span) : default);

    public static ResourceId ToWire(this (XdsType Type, string Name) id) => new() { Type = (int)id.Type, Name = id.Name };

    public static (XdsType Type, string Name) ToCore(this ResourceId id) => ((XdsType)id.Type, id.Name);

    public static Entry ToWire(this SnapshotResource resource) => new()
    {
        Id = (resource.Resource.Type, resource.Resource.Name).ToWire(),
        Hash = resource.Resource.Hash.ToWire(),
        Size = resource.Resource.Bytes.Length,
        Since = resource.Since.ToWire(),
    };

    public static ResourceRefs ToCore(this Refs? refs) => refs is null
        ? ResourceRefs.None
        : new ResourceRefs
        {
            Clusters = [.. refs.Clusters],
            RouteConfigurations = [.. refs.RouteConfigurations],
            Assignments = [.. refs.Assignments],
            Secrets = [.. refs.Secrets],
            WarmsSlowly = refs.WarmsSlowly,
        };

    public static Refs? ToWire(this ResourceRefs refs)
    {
        if (ReferenceEquals(refs, ResourceRefs.None)) return null;
        var wire = new Refs { WarmsSlowly = refs.WarmsSlowly };
        wire.Clusters.AddRange(refs.Clusters);
        wire.RouteConfigurations.AddRange(refs.RouteConfigurations);
        wire.Assignments.AddRange(refs.Assignments);
        wire.Secrets.AddRange(refs.Secrets);
        return wire;
    }
}
