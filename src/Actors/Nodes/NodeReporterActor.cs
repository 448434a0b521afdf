using Akka.Actor;
using Akka.Event;
using Stagedoor.Actors.Protocol;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Nodes;

/// <summary>
/// Sends the reports of this node's streams to the Envoys' owners: gathered, and repeated while a stream is open.
/// </summary>
internal sealed class NodeReporterActor : ReceiveActor, IWithTimers
{
    private readonly Dictionary<long, NodeReport> _open = [];
    private readonly NodeReporter _reporter;
    private readonly IActorRef _nodes;
    private readonly string _server;
    private readonly ActorTimings _timings;

    public NodeReporterActor(NodeReporter reporter, IActorRef nodes, string server, ActorTimings timings)
    {
        (_reporter, _nodes, _server, _timings) = (reporter, nodes, server, timings);

        Receive<ReportsWaiting>(_ =>
        {
            if (Timers.IsTimerActive(Flush.Instance)) return;
            Timers.StartSingleTimer(Flush.Instance, Flush.Instance, timings.NodeReportGather);
        });
        Receive<Flush>(_ => Send(_reporter.Take()));
        Receive<Repeat>(_ => Send([.. _open.Values]));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(Repeat.Instance, Repeat.Instance, _timings.NodeReportRepeat);
        _reporter.Attach(Self);
    }

    private void Send(IReadOnlyCollection<NodeReport> reports)
    {
        foreach (var report in reports)
        {
            if (report.IsConnected) _open[report.StreamId] = report;
            else _open.Remove(report.StreamId);
            _nodes.Tell(report.ToWire(_server));
        }
    }

    private sealed class Flush : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static readonly Flush Instance = new();
    }

    private sealed class Repeat : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static readonly Repeat Instance = new();
    }
}
