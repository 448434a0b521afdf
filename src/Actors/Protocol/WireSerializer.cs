using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;

namespace Stagedoor.Actors.Protocol;

/// <summary>
/// The one serializer of everything that leaves a process or is stored. A manifest never changes its meaning: a server
/// reads what the release before wrote.
/// </summary>
public sealed class WireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Fixed for ever; Akka's own are at most 40.</summary>
    public const int FixedIdentifier = 9977;

    private static readonly (string Manifest, Type Type, MessageParser Parser)[] Table =
    [
        ("cm", typeof(Committed), Committed.Parser),
        ("cp", typeof(Checkpoint), Checkpoint.Parser),
        ("ph", typeof(ProxyHint), ProxyHint.Parser),
        ("sb", typeof(Subscribe), Subscribe.Parser),
        ("ub", typeof(Unsubscribe), Unsubscribe.Parser),
        ("sd", typeof(Subscribed), Subscribed.Parser),
        ("om", typeof(OwnerMoving), OwnerMoving.Parser),
        ("mp", typeof(ManifestPage), ManifestPage.Parser),
        ("fb", typeof(FetchBodies), FetchBodies.Parser),
        ("br", typeof(BodyRanges), BodyRanges.Parser),
        ("pr", typeof(ProxyRejection), ProxyRejection.Parser),
        ("us", typeof(UpstreamState), UpstreamState.Parser),
        ("uh", typeof(UpstreamHint), UpstreamHint.Parser),
        ("uu", typeof(UpstreamUse), UpstreamUse.Parser),
        ("sr", typeof(StreamReport), StreamReport.Parser),
        ("se", typeof(StopEntity), StopEntity.Parser),
    ];

    private static readonly FrozenDictionary<Type, string> Manifests =
        Table.ToFrozenDictionary(row => row.Type, row => row.Manifest);

    private static readonly FrozenDictionary<string, MessageParser> Parsers =
        Table.ToFrozenDictionary(row => row.Manifest, row => row.Parser, StringComparer.Ordinal);

    /// <summary>The types that this serializer is bound to.</summary>
    public static ImmutableArray<Type> Types { get; } = [.. Table.Select(row => row.Type)];

    /// <inheritdoc/>
    public override int Identifier => FixedIdentifier;

    /// <inheritdoc/>
    public override string Manifest(object o)
    {
        ArgumentNullException.ThrowIfNull(o);
        return Manifests.TryGetValue(o.GetType(), out var manifest)
            ? manifest
            : throw new SerializationException($"{o.GetType()} is not a message of the protocol");
    }

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => ((IMessage)obj).ToByteArray();

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) =>
        Parsers.TryGetValue(manifest, out var parser)
            ? parser.ParseFrom(bytes)
            : throw new SerializationException($"'{manifest}' is no message of this version's protocol");
}
