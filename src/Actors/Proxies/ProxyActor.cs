using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Stagedoor.Actors.Protocol;
using Stagedoor.Actors.Storage;
using Stagedoor.Api;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Proxies;

/// <summary>
/// Owns one proxy, one fleet of Envoys: looks at its inputs when it is hinted at, has them translated, and offers what
/// <see cref="CommitMachine"/> lets go out. Its journal is a child, so that it outlives a failing database.
/// </summary>
internal sealed class ProxyActor : ReceiveActor, IWithTimers
{
    private const int MostHistory = 50;
    private const int NamesInHistory = 20;

    private readonly ProxyContext _context;
    private readonly ProxyId _proxy;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CommitMachine _machine;
    private readonly ProxySubscribers _subscribers;
    private readonly ProxyReports _reports = new();
    private readonly ProxyUses _uses;
    private readonly TranslationWorker _worker;
    private readonly GatherWindow _gather;
    private ImmutableArray<CommitInfo> _history = [];
    private IActorRef? _journal;
    private TimeSpan _journalPause;
    private bool _stopping;

    public ProxyActor(string id, ProxyContext context)
    {
        _context = context;
        _proxy = ProxyId.TryParse(id, out var proxy) ? proxy : new ProxyId("", id);
        _machine = new CommitMachine(id);
        _subscribers = new ProxySubscribers(id, context.Store);
        _uses = new ProxyUses(id, context.Upstreams);
        _worker = new TranslationWorker(_proxy, context.Options.Catalog, context.Options.Translation);
        _gather = new GatherWindow(Timings.GatherFirst, Timings.GatherLongest);
        _journalPause = Timings.JournalRetry.First;

        Receive<ProxyHint>(_ => Look());
        Receive<UpstreamState>(_ => Look());
        Receive<CatalogSynced>(_ => Look());
        Receive<Translated>(Take);
        Receive<Subscribe>(OnSubscribe);
        Receive<Unsubscribe>(_ => RemoveSubscriber(Sender));
        Receive<SubscriberEnded>(ended => RemoveSubscriber(ended.Replica));
        Receive<FetchBodies>(request => _subscribers.Answer(request, Sender, Self));
        Receive<ProxyRejection>(told =>
        {
            if (_reports.Take(told, Served)) Show();
        });
        Receive<JournalRead>(OnJournalRead);
        Receive<StateWritten>(OnStateWritten);
        Receive<JournalFailed>(OnJournalFailed);
        Receive<JournalEnded>(_ => RetryJournal());
        Receive<Tick>(OnTick);
        Receive<StopEntity>(_ => Stop());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private ActorTimings Timings => _context.Options.Timings;

    private DateTimeOffset Now => _context.Options.Clock.GetUtcNow();

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(CatalogSynced));
        Timers.StartPeriodicTimer(Tick.Idle, Tick.Idle, Timings.IdleProxy);
        StartJournal();
        Look();
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _context.Board.Remove(_proxy);
    }

    private void Look()
    {
        if (_stopping || _worker.IsBusy || !_worker.HasWork || Timers.IsTimerActive(Tick.Look)) return;
        var wait = _gather.Wait(Now);
        if (wait > TimeSpan.Zero) Timers.StartSingleTimer(Tick.Look, Tick.Look, wait);
        else Translate();
    }

    private void Translate()
    {
        if (_worker.IsBusy || !_worker.HasWork) return;
        _gather.Begin(Now);
        _worker.Start(Self);
    }

    private void Take(Translated translated)
    {
        _worker.Ended(translated);
        if (translated.Result is { } result)
        {
            _context.Board.ClearTrouble(ActorCodes.TranslationFailed, _proxy.ToString());
            _reports.Translation = result;
            _uses.Use(result.Upstreams);
            // An empty result is the tombstone of a proxy that nothing feeds any more.
            Do(_machine.Translated(ResourceDiff.Ordered(result.Resources), Now));
            Show();
        }
        else
        {
            _log.Error(translated.Error, "Translation of {Proxy} failed; the configuration before stays in force",
                _proxy);
            _context.Board.Trouble(ActorCodes.TranslationFailed, _proxy.ToString(), translated.Error!.Message);
        }

        Look();
    }

    private void Do(IReadOnlyList<CommitEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case Offer offer:
                    _subscribers.Offer(offer, Self);
                    _reports.Offered(Served);
                    Remember(offer);
                    break;
                case Write write:
                    _journal?.Tell(new WriteState(write.Target));
                    break;
                case WriteLater when !Timers.IsTimerActive(Tick.Endpoints):
                    Timers.StartSingleTimer(Tick.Endpoints, Tick.Endpoints, Timings.EndpointsCheckpoint);
                    break;
                case AwaitJournal wait:
                    Timers.StartSingleTimer(Tick.Overdue, Tick.OverdueOf(wait.Target), Timings.JournalPatience);
                    break;
            }
        }
    }

    private void OnSubscribe(Subscribe subscribe)
    {
        if (_subscribers.Subscribe(Sender, subscribe.Have.ToCore(), Self))
        {
            Context.WatchWith(Sender, new SubscriberEnded(Sender));
            Show();
        }
    }

    private void RemoveSubscriber(IActorRef replica)
    {
        if (!_subscribers.Remove(replica)) return;
        Context.Unwatch(replica);
        Show();
    }

    private void OnJournalRead(JournalRead read)
    {
        _journalPause = Timings.JournalRetry.First;
        _context.Board.ClearTrouble(ActorCodes.JournalUnreadable, _proxy.ToString());
        foreach (var name in read.Missing) _log.Warning("{Proxy}: the stored {Name} cannot be read", _proxy, name);
        if (read.Missing.Count > 0)
        {
            _context.Board.Trouble(
                ActorCodes.BodyMissing, _proxy.ToString(),
                $"{read.Missing.Count} stored resources cannot be decrypted or are damaged");
        }

        // Without a secret its users wait for it; without a listener or cluster clients would lose theirs.
        var canServe = read.Missing.All(name => name.Type == XdsType.Secret);
        Do(_machine.Recovered(read.State, canServe, Now));
        Show();
    }

    private void OnStateWritten(StateWritten written)
    {
        _context.Board.ClearTrouble(ActorCodes.JournalUnwritable, _proxy.ToString());
        Do(_machine.Journalled(written.UpTo, Now));
        if (_stopping && written.UpTo >= _machine.Published.Generation) Context.Stop(Self);
        Show();
    }

    private void OnJournalFailed(JournalFailed failed)
    {
        var code = failed.WhileReading ? ActorCodes.JournalUnreadable : ActorCodes.JournalUnwritable;
        _log.Warning("{Code}: the journal of {Proxy} failed: {Cause}", code, _proxy, failed.Cause);
        _context.Board.Trouble(code, _proxy.ToString(), failed.Cause);
    }

    private void StartJournal()
    {
        var (id, records, clock) = (_proxy.ToString(), _context.Records, _context.Options.Clock);
        _journal = Context.ActorOf(Props.Create(() => new ProxyJournal(id, records, clock)));
        Context.WatchWith(_journal, new JournalEnded());
    }

    private void RetryJournal()
    {
        _journal = null;
        Timers.StartSingleTimer(Tick.Journal, Tick.Journal, _journalPause);
        _journalPause = TimeSpan.FromTicks(Math.Min(_journalPause.Ticks * 2, Timings.JournalRetry.Longest.Ticks));
    }

    private void OnTick(Tick tick)
    {
        if (tick == Tick.Look) Translate();
        else if (tick == Tick.Journal) StartJournal();
        else if (tick == Tick.Endpoints) _journal?.Tell(new WriteState(_machine.Published));
        else if (tick == Tick.Idle) EndIfIdle();
        else if (tick == Tick.GiveUp) Context.Stop(Self);
        else OnOverdue(tick.Target);
    }

    private void OnOverdue(Generation target)
    {
        Do(_machine.Overdue(target, Now));
        if (!_machine.IsDurable)
        {
            _context.Board.Trouble(
                ActorCodes.JournalUnwritable, _proxy.ToString(),
                "the journal does not answer: changes go out, but a crash would lose them");
        }

        Show();
    }

    private void EndIfIdle()
    {
        _uses.Repeat();
        if (_machine.IsServing || _subscribers.Count > 0 || _machine.Term == 0) return;
        Context.Parent.Tell(new Akka.Cluster.Sharding.Passivate(new StopEntity()));
    }

    private void Stop()
    {
        if (_stopping) return;
        _stopping = true;
        _subscribers.SayMoving(Self);
        if (_journal is null || !Timers.IsTimerActive(Tick.Endpoints))
        {
            Context.Stop(Self);
            return;
        }

        // Endpoints that are not in the journal yet; a moment, no more.
        _journal.Tell(new WriteState(_machine.Published));
        Timers.StartSingleTimer(Tick.GiveUp, Tick.GiveUp, TimeSpan.FromMilliseconds(500));
    }

    private ResourceHash? Served(ResourceName name) => _machine.Published.Find(name)?.Resource.Hash;

    private void Remember(Offer offer)
    {
        var names = offer.Changes.Upserts.Select(ResourceName.Of).Concat(offer.Changes.Removed)
            .Take(NamesInHistory).Select(name => name.ToString());
        var line = new CommitInfo(
            offer.Now.Generation, Now, offer.Changes.Upserts.Length, offer.Changes.Removed.Length, [.. names]);
        _history = [line, .. _history.Take(MostHistory - 1)];
    }

    private void Show()
    {
        if (!_machine.IsServing && _reports.Translation?.GlooProxy is null && _reports.All().IsEmpty) return;
        _context.Board.Show(new ProxyInfo(_proxy)
        {
            Snapshot = _machine.IsServing ? _machine.Published.Snapshot : null,
            IsDurable = _machine.IsDurable,
            IsFromJournal = _machine.IsFromJournal,
            ViewVersion = _reports.Translation?.ViewVersion ?? 0,
            Committed = _history.IsEmpty ? default : _history[0].At,
            GlooProxy = _reports.Translation?.GlooProxy,
            Gateway = _reports.Translation?.Gateway,
            Kube = _reports.Translation?.Kube,
            Reports = _reports.All(),
            Provenance = _reports.Translation?.Provenance
                ?? ImmutableDictionary<(XdsType Type, string Name), ImmutableArray<ResourceKey>>.Empty,
            History = _history,
            Replicas = _subscribers.Count,
        });
    }

    private sealed record SubscriberEnded(IActorRef Replica) : INoSerializationVerificationNeeded;

    private sealed record JournalEnded : INoSerializationVerificationNeeded;

    private sealed record Tick(string About, Generation Target)
        : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static readonly Tick Look = new("look", default);
        public static readonly Tick Journal = new("journal", default);
        public static readonly Tick Endpoints = new("endpoints", default);
        public static readonly Tick Idle = new("idle", default);
        public static readonly Tick GiveUp = new("give-up", default);
        public static readonly Tick Overdue = new("overdue", default);

        public static Tick OverdueOf(Generation target) => new("overdue", target);
    }
}
