using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Actors.Board;
using Stagedoor.Actors.Nodes;
using Stagedoor.Actors.Protocol;
using Stagedoor.Actors.Proxies;
using Stagedoor.Actors.Replicas;
using Stagedoor.Actors.Routing;
using Stagedoor.Actors.Storage;
using Stagedoor.Actors.Upstreams;
using Stagedoor.Xds;

namespace Stagedoor.Actors;

/// <summary>Puts the actors into a host.</summary>
public static class StagedoorActorsExtensions
{
    /// <summary>Name of the actor system; part of the addresses of servers.</summary>
    public const string SystemName = "stagedoor";

    // Ten times the largest planned number of servers; one server needs no spreading.
    private const int EmbeddedShards = 10;
    private const int ClusterShards = 100;

    /// <summary>
    /// Registers the actors and what the rest of the server sees of them: <see cref="ISnapshotDirectory"/>,
    /// <see cref="INodeReporter"/> and <see cref="IControlPlane"/>. They can be used before the host has started: what
    /// is asked for is answered when the actors run.
    /// </summary>
    public static IServiceCollection AddStagedoorActors(
        this IServiceCollection services, Func<IServiceProvider, StagedoorActorsOptions> options)
    {
        services.AddSingleton(options);
        services.AddSingleton<ControlPlaneBoard>();
        services.AddSingleton<IControlPlane>(provider => provider.GetRequiredService<ControlPlaneBoard>());
        services.AddSingleton<SnapshotDirectory>();
        services.AddSingleton<ISnapshotDirectory>(provider => provider.GetRequiredService<SnapshotDirectory>());
        services.AddSingleton<NodeReporter>();
        services.AddSingleton<INodeReporter>(provider => provider.GetRequiredService<NodeReporter>());
        services.AddSingleton<BodyStore>();
        return services.AddAkka(SystemName, (builder, provider) => builder.AddStagedoor(provider));
    }

    private static void AddStagedoor(this AkkaConfigurationBuilder builder, IServiceProvider provider)
    {
        var options = provider.GetRequiredService<StagedoorActorsOptions>();
        var board = provider.GetRequiredService<ControlPlaneBoard>();
        var store = provider.GetRequiredService<BodyStore>();
        var stored = Array.Empty<string>() as IReadOnlyList<string>;
        if (options.Profile == ActorsProfile.Embedded)
        {
            SqliteJournal.Create(options.DataDirectory);
            stored = SqliteJournal.Proxies(options.DataDirectory);
        }

        builder
            .AddHocon(HoconProfiles.For(options), HoconAddMode.Prepend)
            .WithCustomSerializer("stagedoor", WireSerializer.Types, system => new WireSerializer(system))
            .WithStrictSerialization()
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .AddStartup((system, _) =>
            {
                system.ActorOf(Props.Create(() => new DeadLetterCounter(board)), "dead-letters");
                system.ActorOf(Props.Create(() => new JournalWarmUp()), "journal-warm-up");
                Join(system, options, board);
            })
            .AddUpstreamActors(options, board)
            .AddEnvoyNodeActors(options, board)
            .AddProxyActors(options, board, store)
            .AddStartup((system, registry) =>
            {
                var proxies = registry.Get<ProxyActor>();
                var nodes = registry.Get<EnvoyNodeActor>();
                var server = Cluster.Get(system).SelfUniqueAddress.ToString();
                var directory = provider.GetRequiredService<SnapshotDirectory>();
                var reporter = provider.GetRequiredService<NodeReporter>();
                var upstreams = registry.Get<UpstreamActor>();
                system.ActorOf(
                    Props.Create(() => new ReplicaManager(directory, proxies, store, options.Timings)), "replicas");
                system.ActorOf(
                    Props.Create(() => new NodeReporterActor(reporter, nodes, server, options.Timings)),
                    "node-reports");
                system.ActorOf(Props.Create(() => new CatalogRouter(options, proxies, upstreams, stored)), "router");
            });
    }

    private static AkkaConfigurationBuilder AddProxyActors(
        this AkkaConfigurationBuilder builder, StagedoorActorsOptions options, ControlPlaneBoard board,
            BodyStore store) =>
        builder.WithShardRegion<ProxyActor>(
            "proxy",
            (_, registry, _) =>
            {
                var records = new ProxyRecords(new BodyCodec(options.Protector));
                var context = new ProxyContext(options, store, records, board, () => registry.Get<UpstreamActor>());
                return id => Props.Create(() => new ProxyActor(id, context));
            },
            Entities.Proxies(Shards(options)),
            Sharding());

    private static AkkaConfigurationBuilder AddUpstreamActors(
        this AkkaConfigurationBuilder builder, StagedoorActorsOptions options, ControlPlaneBoard board) =>
        builder.WithShardRegion<UpstreamActor>(
            "upstream",
            (_, registry, _) => id =>
                Props.Create(() => new UpstreamActor(id, options, board, () => registry.Get<ProxyActor>())),
            Entities.Upstreams(Shards(options)),
            Sharding());

    private static AkkaConfigurationBuilder AddEnvoyNodeActors(
        this AkkaConfigurationBuilder builder, StagedoorActorsOptions options, ControlPlaneBoard board) =>
        builder.WithShardRegion<EnvoyNodeActor>(
            "envoy-node",
            (_, registry, _) => id =>
                Props.Create(() => new EnvoyNodeActor(id, options, board, () => registry.Get<ProxyActor>())),
            Entities.Nodes(Shards(options)),
            Sharding());

    private static int Shards(StagedoorActorsOptions options) =>
        options.Profile == ActorsProfile.Embedded ? EmbeddedShards : ClusterShards;

    private static ShardOptions Sharding() => new()
    {
        StateStoreMode = Akka.Cluster.Sharding.StateStoreMode.DData,
        RememberEntities = false,
        ShouldPassivateIdleEntities = false,
        HandOffStopMessage = new StopEntity(),
    };

    private static void Join(ActorSystem system, StagedoorActorsOptions options, ControlPlaneBoard board)
    {
        var cluster = Cluster.Get(system);
        cluster.RegisterOnMemberUp(board.Ready);
        if (options.SeedNodes.Count == 0) cluster.Join(cluster.SelfAddress);
        else cluster.JoinSeedNodes(options.SeedNodes.Select(Address.Parse));
    }
}
