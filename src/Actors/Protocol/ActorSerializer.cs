using System.Collections.Frozen;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;
using Stagedoor.Actors.Wire;

namespace Stagedoor.Actors.Protocol;

/// <summary>
/// The one serializer of everything that leaves a process or is stored: the messages of <c>actors.proto</c>. A manifest never
/// changes its meaning (design: rolling upgrades read what the release before wrote).
/// </summary>
public sealed class ActorSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Manifest and parser of each message.</summary>
    private static readonly (string Manifest, Type Type, MessageParser Parser)[] Table =
    [
        ("cm", typeof(Committed), Committed.Parser),
        ("cp", typeof(Checkpoint), Checkpoint.Parser),
        ("ph", typeof(ProxyHint), ProxyHint.Parser),
        ("sb", typeof(Subscribe), Subscribe.Parser),
        ("mp", typeof(ManifestPage), ManifestPage.Parser),
        ("fb", typeof(FetchBodies), FetchBodies.Parser),
        ("bd", typeof(Bodies), Bodies.Parser),
        ("rj", typeof(Rejected), Rejected.Parser),
        ("uh", typeof(UpstreamHint), UpstreamHint.Parser),
        ("uu", typeof(UpstreamUse), UpstreamUse.Parser),
        ("rp", typeof(Report), Report.Parser),
        ("se", typeof(StopEntity), StopEntity.Parser),
    ];

    private static readonly FrozenDictionary<Type, string> Manifests =
        Table.ToFrozenDictionary(row => row.Type, row => row.Manifest);

    private static readonly FrozenDictionary<string, MessageParser> Parsers =
        Table.ToFrozenDictionary(row => row.Manifest, row => row.Parser);

    /// <summary>The types that this serializer is bound to.</summary>
    public static Type[] Types { get; } = [.. Table.Select(row => row.Type)];

    /// <summary>Fixed for ever; Akka's own are below 100.</summary>
    public override int Identifier => 9977;

    /// <inheritdoc/>
    public override string Manifest(object o) =>
        Manifests.TryGetValue(o.GetType(), out var manifest)
            ? manifest
            : throw new SerializationException($"{o.GetType()} is not a message of actors.proto");

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => ((IMessage)obj).ToByteArray();

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) =>
        Parsers.TryGetValue(manifest, out var parser)
            ? parser.ParseFrom(bytes)
            : throw new SerializationException($"'{manifest}' is not a manifest of this version");
}
