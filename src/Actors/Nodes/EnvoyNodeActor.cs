using Akka.Actor;
using Akka.Cluster.Sharding;
using Stagedoor.Actors.Board;
using Stagedoor.Actors.Protocol;

namespace Stagedoor.Actors.Nodes;

/// <summary>
/// The truth about one Envoy in the whole cluster: where its stream ends, what it was offered, accepted and rejected.
/// Forgets it a while after it is gone.
/// </summary>
internal sealed class EnvoyNodeActor : ReceiveActor
{
    private readonly StagedoorActorsOptions _options;
    private readonly ControlPlaneBoard _board;
    private readonly Func<IActorRef> _proxies;
    private NodeState _state;

    public EnvoyNodeActor(string id, StagedoorActorsOptions options, ControlPlaneBoard board, Func<IActorRef> proxies)
    {
        (_options, _board, _proxies) = (options, board, proxies);
        _state = new NodeState(id);

        Receive<StreamReport>(OnReport);
        Receive<ReceiveTimeout>(_ => OnSilence());
        Receive<StopEntity>(_ => Context.Stop(Self));
        SetReceiveTimeout(options.Timings.NodeReportRepeat * 3);
    }

    private DateTimeOffset Now => _options.Clock.GetUtcNow();

    protected override void PostStop() => _board.Remove(_state.NodeId);

    private void OnReport(StreamReport wire)
    {
        var (state, news) = _state.With(wire.Server, wire.ToCore(), Now);
        _state = state.Without(Now - (_options.Timings.NodeReportRepeat * 3));
        _board.Show(_state.ToInfo());
        foreach (var item in news)
        {
            _proxies().Tell(new ProxyRejection
            {
                Proxy = item.Proxy,
                NodeId = _state.NodeId,
                Type = (int)item.Type,
                Resolved = item.Rejection is null,
                Rejection = item.Rejection?.ToWire(),
            });
        }

        SetReceiveTimeout(_state.IsConnected ? _options.Timings.NodeReportRepeat * 3 : _options.Timings.NodeForgotten);
    }

    private void OnSilence()
    {
        if (!_state.IsConnected)
        {
            Context.Parent.Tell(new Passivate(new StopEntity()));
            return;
        }

        // Open streams are reported again and again: silence means that their server is gone.
        _state = _state with { Streams = [] };
        _board.Show(_state.ToInfo());
        SetReceiveTimeout(_options.Timings.NodeForgotten);
    }
}
