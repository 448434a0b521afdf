using Akka.Actor;
using Akka.Event;
using Stagedoor.Actors.Protocol;
using Stagedoor.Actors.Storage;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Replicas;

/// <summary>
/// Keeps the last complete snapshot of one proxy on this node: subscribes at the owner through the shard region,
/// follows it wherever it moves, and goes on serving while there is none.
/// </summary>
internal sealed class SnapshotReplica : ReceiveActor, IWithTimers
{
    private const string AskOwner = "ask-owner";
    private const string AskBodies = "ask-bodies";

    private readonly string _proxy;
    private readonly SnapshotCell _cell;
    private readonly IActorRef _proxies;
    private readonly ActorTimings _timings;
    private readonly ReplicaState _state;
    private IActorRef? _owner;

    public SnapshotReplica(string proxy, SnapshotCell cell, IActorRef proxies, BodyStore store, ActorTimings timings)
    {
        (_proxy, _cell, _proxies, _timings) = (proxy, cell, proxies, timings);
        _state = new ReplicaState(proxy, store, cell.Current);

        Receive<ManifestPage>(page =>
        {
            Follow(Sender);
            Do(_state.OnPage(page));
        });
        Receive<Subscribed>(_ => Follow(Sender));
        Receive<BodyRanges>(bodies =>
        {
            Timers.Cancel(AskBodies);
            Do(_state.OnBodies(bodies));
        });
        Receive<OwnerMoving>(_ => Lose(Sender));
        Receive<OwnerEnded>(ended => Lose(ended.Owner));
        Receive<Tick>(tick =>
        {
            if (tick.About == AskOwner) Subscribe();
            else AskForBodies();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Subscribe();

    protected override void PostStop() => _owner?.Tell(new Unsubscribe { Proxy = _proxy });

    private void Do(ReplicaStep step)
    {
        if (step.Publish is { } snapshot) _cell.Publish(snapshot);
        if (step.Resync)
        {
            _state.Abandon();
            Subscribe();
        }
        else if (!Timers.IsTimerActive(AskBodies))
        {
            AskForBodies();
        }
    }

    private void AskForBodies()
    {
        if (_owner is null || _state.Wanted() is not { } request) return;
        _owner.Tell(request);
        Timers.StartSingleTimer(AskBodies, new Tick(AskBodies), _timings.ReplicaRetry * 2);
    }

    private void Subscribe()
    {
        var have = _state.Held?.Generation ?? Generation.None;
        _proxies.Tell(new Subscribe { Proxy = _proxy, Have = have.ToWire() });
        // Until somebody answers; an owner's answer makes it the slow question.
        Timers.StartSingleTimer(AskOwner, new Tick(AskOwner), _timings.ReplicaRetry);
    }

    private void Follow(IActorRef owner)
    {
        if (!owner.Equals(_owner))
        {
            if (_owner is not null) Context.Unwatch(_owner);
            _owner = owner;
            Context.WatchWith(owner, new OwnerEnded(owner));
        }

        Timers.StartSingleTimer(AskOwner, new Tick(AskOwner), _timings.ReplicaPoll);
    }

    private void Lose(IActorRef owner)
    {
        if (!owner.Equals(_owner)) return;
        Context.Unwatch(owner);
        _owner = null;
        Timers.Cancel(AskBodies);
        Timers.StartSingleTimer(AskOwner, new Tick(AskOwner), _timings.ReplicaRetry);
    }

    private sealed record OwnerEnded(IActorRef Owner) : INoSerializationVerificationNeeded;

    private sealed record Tick(string About) : INoSerializationVerificationNeeded, IDeadLetterSuppression;
}
