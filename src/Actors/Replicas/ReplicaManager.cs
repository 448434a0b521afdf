using Akka.Actor;
using Akka.Event;
using Stagedoor.Actors.Storage;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Replicas;

/// <summary>Keeps one replica per wanted proxy, and a while longer.</summary>
internal sealed class ReplicaManager : ReceiveActor, IWithTimers
{
    private readonly Dictionary<string, IActorRef> _replicas = new(StringComparer.Ordinal);

    private readonly SnapshotDirectory _directory;

    public ReplicaManager(SnapshotDirectory directory, IActorRef proxies, BodyStore store, ActorTimings timings)
    {
        _directory = directory;
        Receive<Wanted>(wanted =>
        {
            Timers.Cancel(wanted.Proxy);
            if (_replicas.ContainsKey(wanted.Proxy)) return;
            _replicas[wanted.Proxy] = Start(wanted.Proxy, wanted.Cell, proxies, store, timings);
        });
        Receive<Unwanted>(unwanted =>
            Timers.StartSingleTimer(unwanted.Proxy, new LingerOver(unwanted.Proxy), timings.ReplicaLinger));
        Receive<LingerOver>(over =>
        {
            if (!directory.TryForget(over.Proxy) || !_replicas.Remove(over.Proxy, out var replica)) return;
            Context.Stop(replica);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => _directory.Attach(Self);

    private static IActorRef Start(
        string proxy, SnapshotCell cell, IActorRef proxies, BodyStore store, ActorTimings timings) =>
        Context.ActorOf(Props.Create(() => new SnapshotReplica(proxy, cell, proxies, store, timings)));

    private sealed record LingerOver(string Proxy) : INoSerializationVerificationNeeded, IDeadLetterSuppression;
}
