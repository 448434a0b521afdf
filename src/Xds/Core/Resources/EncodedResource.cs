using System.Collections.Frozen;
using System.Collections.Immutable;
using Google.Protobuf;

namespace Stagedoor.Xds;

/// <summary>One xDS resource, encoded once in its owner and shared by everything that stores or sends it.</summary>
public sealed class EncodedResource
{
    private volatile FrozenSet<string>? _clusters;

    private EncodedResource(
        XdsType type, string name, ResourceHash hash, ReadOnlyMemory<byte> bytes, ImmutableArray<int> partEnds,
        ResourceRefs refs)
    {
        Type = type;
        Name = name;
        Hash = hash;
        Bytes = bytes;
        PartEnds = partEnds;
        Refs = refs;
    }

    /// <summary>Which type it is.</summary>
    public XdsType Type { get; }

    /// <summary>Resource name, unique within the type.</summary>
    public string Name { get; }

    /// <summary>Hash of <see cref="Bytes"/>.</summary>
    public ResourceHash Hash { get; }

    /// <summary>The encoded message (what goes into <c>Any.value</c>). Never modified.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>
    /// Where the pieces end that <see cref="Bytes"/> was joined from, ascending, the last equal to its length; empty if
    /// it was encoded whole. Storage and replication keep unchanged pieces, so that one changed virtual host costs its
    /// own size, not the size of the RouteConfiguration.
    /// </summary>
    public ImmutableArray<int> PartEnds { get; }

    /// <summary>What the resource refers to, for rule I3 and the order on the wire.</summary>
    public ResourceRefs Refs { get; }

    /// <summary>
    /// How long a client that asked for it keeps the resource without hearing of it again (rule R27); null: for ever.
    /// Not part of the hash.
    /// </summary>
    public TimeSpan? Ttl { get; private init; }

    /// <summary>Whether it names this cluster (<see cref="ResourceRefs.Clusters"/>).</summary>
    public bool RefersToCluster(string cluster)
    {
        if (Refs.Clusters.Length <= 8) return Refs.Clusters.Contains(cluster);
        _clusters ??= Refs.Clusters.ToFrozenSet(StringComparer.Ordinal);
        return _clusters.Contains(cluster);
    }

    /// <summary>
    /// Encodes a message whose maps, if any, are written in key order (Google.Protobuf sorts none by itself).
    /// </summary>
    public static EncodedResource Encode(XdsType type, string name, IMessage message, ResourceRefs refs) =>
        FromBytes(type, name, message.ToByteArray(), [], refs);

    /// <summary>Wraps bytes that are already encoded.</summary>
    public static EncodedResource FromBytes(
        XdsType type, string name, ReadOnlyMemory<byte> bytes, ImmutableArray<int> partEnds, ResourceRefs refs,
        TimeSpan? ttl = null) =>
        new(type, name, ResourceHash.Of(bytes.Span), bytes, partEnds, refs) { Ttl = ttl };
}
