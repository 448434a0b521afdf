using Akka.Actor;
using Akka.Event;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Nodes;

/// <summary>
/// Takes the sessions' reports: the newest of each stream replaces the ones before, and the actor fetches them all
/// together.
/// </summary>
internal sealed class NodeReporter : INodeReporter
{
    /// <summary>Streams whose news wait at once; beyond it, news are dropped until the next repetition.</summary>
    private const int MostPending = 100_000;

    private readonly Lock _gate = new();
    private Dictionary<long, NodeReport> _pending = [];
    private IActorRef _actor = ActorRefs.Nobody;

    /// <inheritdoc/>
    public void Report(NodeReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        lock (_gate)
        {
            var first = _pending.Count == 0;
            if (!first && _pending.Count >= MostPending && !_pending.ContainsKey(report.StreamId)) return;
            _pending[report.StreamId] = report;
            if (first) _actor.Tell(ReportsWaiting.Instance);
        }
    }

    /// <summary>The actors run.</summary>
    public void Attach(IActorRef actor)
    {
        lock (_gate)
        {
            _actor = actor;
            if (_pending.Count > 0) actor.Tell(ReportsWaiting.Instance);
        }
    }

    /// <summary>What has come since the last call.</summary>
    public IReadOnlyCollection<NodeReport> Take()
    {
        lock (_gate)
        {
            var taken = _pending.Values;
            _pending = [];
            return taken;
        }
    }
}

/// <summary>To the reporter's actor: there is something to take.</summary>
internal sealed class ReportsWaiting : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    public static readonly ReportsWaiting Instance = new();
}
