using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Shouldly;
using Stagedoor.Actors.Protocol;
using Xunit;

namespace Stagedoor.Actors.Tests.Protocol;

/// <summary>Every message survives the way, finds its entity, and old bytes stay readable.</summary>
public sealed class WireSerializerTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("wire");

    public static TheoryData<Type> Types => [.. WireSerializer.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_message_survives_the_way(Type type)
    {
        var serializer = new WireSerializer((ExtendedActorSystem)_system);
        var message = Filled(type);

        serializer.Manifest(message).Length.ShouldBeInRange(2, 3);
        serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message)).ShouldBe(message);
    }

    [Fact]
    public void No_message_of_the_protocol_is_forgotten()
    {
        // What only ever travels inside others.
        string[] parts =
        [
            nameof(CommittedBody), nameof(GoneName), nameof(BodyWant), nameof(BodyRange),
        ];

        typeof(WireSerializer).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(WireSerializer).Namespace)
            .Where(type => typeof(IMessage).IsAssignableFrom(type))
            .Where(type => !type.Name.StartsWith("Wire", StringComparison.Ordinal) && !parts.Contains(type.Name))
            .ShouldBe(WireSerializer.Types, ignoreOrder: true);
    }

    [Fact]
    public void Bytes_of_the_first_release_stay_readable()
    {
        var serializer = new WireSerializer((ExtendedActorSystem)_system);

        // ProxyHint { proxy: "ns~name", view_version: 7 }
        serializer.FromBinary(Convert.FromHexString("0A076E737E6E616D651007"), "ph")
            .ShouldBe(new ProxyHint { Proxy = "ns~name", ViewVersion = 7 });
        serializer.ToBinary(new ProxyHint { Proxy = "ns~name", ViewVersion = 7 }).Length.ShouldBeLessThan(200);
        serializer.Identifier.ShouldBe(9977);
    }

    [Fact]
    public void Messages_to_owners_find_their_entity()
    {
        Entity(Entities.Proxies(10), new ProxyHint { Proxy = "ns~name" }).ShouldBe("ns~name");
        Entity(Entities.Proxies(10), new Subscribe { Proxy = "ns~name" }).ShouldBe("ns~name");
        Entity(Entities.Proxies(10), new ProxyRejection { Proxy = "ns~name" }).ShouldBe("ns~name");
        Entity(Entities.Proxies(10), new UpstreamState { Proxy = "ns~name" }).ShouldBe("ns~name");
        Entity(Entities.Upstreams(10), new UpstreamHint { Namespace = "ns", Name = "a.b" }).ShouldBe("ns.a.b");
        Entity(Entities.Upstreams(10), new UpstreamUse { Namespace = "ns", Name = "a.b" }).ShouldBe("ns.a.b");
        Entity(Entities.Nodes(10), new StreamReport { NodeId = "envoy" }).ShouldBe("envoy");
        Entity(Entities.Nodes(10), new StreamReport()).ShouldBeNull();
        Entities.UpstreamKey("ns.a.b").ToString().ShouldBe("Upstream ns/a.b");
    }

    [Theory]
    [InlineData("base")]
    [InlineData("embedded")]
    [InlineData("cluster")]
    [InlineData("test")]
    public void A_profile_is_parsed(string profile)
    {
        var known = HoconProfiles.For(new StagedoorActorsOptions
        {
            Catalog = new Api.Catalog(),
            Translation = ToyTranslation.Functions,
            DataDirectory = "data",
        });
        var config = ConfigurationFactory.ParseString(HoconProfiles.Text(profile));

        config.IsEmpty.ShouldBeFalse();
        known.GetString("akka.actor.provider").ShouldBe("cluster");
        known.GetBoolean("akka.actor.serialization-settings.allow-unregistered-types", true).ShouldBeFalse();
        known.GetString("akka.persistence.journal.sql.provider-name").ShouldBe("SQLite.MS");
        known.GetString("akka.remote.dot-netty.tcp.hostname").ShouldBe("127.0.0.1");
    }

    [Fact]
    public void The_cluster_profile_keeps_to_a_majority_and_PostgreSQL()
    {
        var config = HoconProfiles.For(new StagedoorActorsOptions
        {
            Catalog = new Api.Catalog(),
            Translation = ToyTranslation.Functions,
            Profile = ActorsProfile.Cluster,
            ConnectionString = "Host=db;Password=\"p\\q\"",
        });

        config.GetInt("akka.cluster.min-nr-of-members").ShouldBe(2);
        config.GetString("akka.cluster.split-brain-resolver.active-strategy").ShouldBe("keep-majority");
        config.GetString("akka.persistence.journal.sql.connection-string").ShouldBe("Host=db;Password=\"p\\q\"");
        config.GetString("akka.persistence.journal.sql.provider-name").ShouldBe("PostgreSQL.15");
    }

    public void Dispose() => _system.Dispose();

    private static string? Entity(HashCodeMessageExtractor extractor, object message) => extractor.EntityId(message);

    private static IMessage Filled(Type type)
    {
        var message = (IMessage)Activator.CreateInstance(type)!;
        Fill(message, 3);
        return message;
    }

    private static void Fill(IMessage message, int depth)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            object? value = field.FieldType switch
            {
                FieldType.String => field.Name,
                FieldType.Bytes => ByteString.CopyFromUtf8(field.Name),
                FieldType.Int32 => field.FieldNumber,
                FieldType.Int64 => (long)field.FieldNumber << 33,
                FieldType.Bool => true,
                FieldType.Message when depth > 0 => Below(field, depth),
                _ => null,
            };
            if (value is null) continue;
            if (field.IsRepeated) ((System.Collections.IList)field.Accessor.GetValue(message)).Add(value);
            else field.Accessor.SetValue(message, value);
        }
    }

    private static IMessage Below(FieldDescriptor field, int depth)
    {
        var below = (IMessage)Activator.CreateInstance(field.MessageType.ClrType)!;
        Fill(below, depth - 1);
        return below;
    }
}
