using Akka.Actor;
using Akka.Event;
using Stagedoor.Actors.Protocol;
using Stagedoor.Actors.Proxies;
using Stagedoor.Api;

namespace Stagedoor.Actors.Routing;

/// <summary>
/// Turns changes of this node's catalog into hints for the owners, and repeats all hints now and then: a lost one costs
/// time, never correctness.
/// </summary>
internal sealed class CatalogRouter : ReceiveActor, IWithTimers
{
    private const int UpstreamsAtOnce = 500;

    private readonly StagedoorActorsOptions _options;
    private readonly IActorRef _proxyRegion;
    private readonly IActorRef _upstreamRegion;
    private readonly RepeatSchedule<ProxyId> _proxies;
    private readonly RepeatSchedule<ResourceKey> _upstreams;
    private readonly HashSet<ResourceKey> _waiting = [];
    private CatalogView _view = CatalogView.Empty;
    private IDisposable? _subscription;

    public CatalogRouter(
        StagedoorActorsOptions options, IActorRef proxyRegion, IActorRef upstreamRegion, IEnumerable<string> stored)
    {
        (_options, _proxyRegion, _upstreamRegion) = (options, proxyRegion, upstreamRegion);
        _proxies = new RepeatSchedule<ProxyId>(options.Timings.HintRepeat, Random.Shared);
        _upstreams = new RepeatSchedule<ResourceKey>(options.Timings.HintRepeat, Random.Shared);

        Receive<CatalogMoved>(moved => OnChange(moved.Change));
        Receive<Repeat>(_ => OnRepeat());
        Receive<Pace>(_ => SendUpstreams());
        // Those in the journal are served again at once, and end if nothing feeds them any more.
        foreach (var proxy in stored) proxyRegion.Tell(new ProxyHint { Proxy = proxy });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private ActorTimings Timings => _options.Timings;

    protected override void PreStart()
    {
        var self = Self;
        _subscription = _options.Catalog.Subscribe(change => self.Tell(new CatalogMoved(change)));
        Timers.StartPeriodicTimer(Repeat.Instance, Repeat.Instance, Timings.HintRepeat / 10);
    }

    protected override void PostStop() => _subscription?.Dispose();

    private void OnChange(CatalogChange change)
    {
        var (before, view) = (_view, change.View);
        _view = view;
        // Before the fence absent means unknown: nobody may draw conclusions.
        if (!view.IsSynced) return;
        var translation = _options.Translation;
        if (!before.IsSynced)
        {
            Hint(translation.Proxies(view));
            _waiting.UnionWith(translation.Upstreams(view));
            Context.System.EventStream.Publish(new CatalogSynced());
        }
        else if (!change.Changed.IsEmpty)
        {
            Hint(translation.TouchedProxies(view, before, change.Changed));
            _waiting.UnionWith(translation.TouchedUpstreams(view, before, change.Changed));
        }

        SendUpstreams();
    }

    private void OnRepeat()
    {
        if (!_view.IsSynced) return;
        var now = _options.Clock.GetUtcNow();
        _proxies.Set(_options.Translation.Proxies(_view), now);
        _upstreams.Set(_options.Translation.Upstreams(_view), now);
        Hint(_proxies.Due(now));
        _waiting.UnionWith(_upstreams.Due(now));
        SendUpstreams();
    }

    private void Hint(IEnumerable<ProxyId> proxies)
    {
        foreach (var proxy in proxies)
            _proxyRegion.Tell(new ProxyHint { Proxy = proxy.ToString(), ViewVersion = _view.Version });
    }

    private void SendUpstreams()
    {
        if (Timers.IsTimerActive(Pace.Instance)) return;
        var now = _waiting.Take(UpstreamsAtOnce).ToArray();
        foreach (var key in now)
        {
            _waiting.Remove(key);
            _upstreamRegion.Tell(
                new UpstreamHint { Namespace = key.Namespace, Name = key.Name, ViewVersion = _view.Version });
        }

        // Ten thousand at once would stand before the proxies' translations.
        if (_waiting.Count > 0) Timers.StartSingleTimer(Pace.Instance, Pace.Instance, TimeSpan.FromMilliseconds(50));
    }

    private sealed record CatalogMoved(CatalogChange Change) : INoSerializationVerificationNeeded;

    private sealed class Repeat : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static readonly Repeat Instance = new();
    }

    private sealed class Pace : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static readonly Pace Instance = new();
    }
}
