using System.Runtime.CompilerServices;
using Shouldly;
using Stagedoor.Xds.Sessions;
using Stagedoor.Xds.Tests.Support;

namespace Stagedoor.Xds.Tests.Model;

/// <summary>
/// One random history: a changing proxy, two replicas of which the second lags, and one client that reads, answers and
/// reconnects when it likes.
/// </summary>
internal abstract class ModelRun
{
    protected static readonly XdsType[] Asked =
        [XdsType.Cluster, XdsType.ClusterLoadAssignment, XdsType.Secret, XdsType.Listener, XdsType.RouteConfiguration];

    private readonly Random _random;
    private readonly World _world;
    private readonly double _bad;
    private readonly SnapshotCell[] _replicas = [new(), new()];
    private readonly Queue<Snapshot> _behind = new();
    private readonly Queue<XdsResponse> _toClient = new();
    private readonly Queue<Action> _toServer = new();
    private readonly HashSet<(XdsType, string, ResourceHash)> _nacked = [];
    private readonly Dictionary<(XdsType, string, ResourceHash), int> _inNacks = [];
    private readonly Dictionary<(XdsType, string, ResourceHash), int> _sendsAfterNack = [];
    private readonly Dictionary<XdsType, Generation> _accepted = [];
    private readonly Queue<string> _trace = new();
    private SnapshotCell _cell = null!;
    private DateTimeOffset _lastIdle = Make.Start;

    protected ModelRun(int seed, double bad)
    {
        _random = new Random(seed);
        _world = new World(_random);
        Envoy = new ModelEnvoy(_random);
        _bad = bad;
    }

    /// <summary>Whether what happens is written down: for the second run of a history that failed.</summary>
    public bool IsTraced { get; init; }

    /// <summary>The last things that happened.</summary>
    public string Trace => string.Join('\n', _trace);

    protected ModelEnvoy Envoy { get; }

    protected DateTimeOffset Now { get; private set; } = Make.Start;

    protected abstract XdsSession Session { get; }

    /// <summary>Whether a new stream begins without what was rejected on the last.</summary>
    protected virtual bool ServerForgets => true;

    /// <summary>Types that the client does not take any more, and why not is right.</summary>
    protected virtual IEnumerable<XdsType> Stuck => [];

    public void Play(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            if (_toClient.Count + _toServer.Count == 0) _lastIdle = Now;
            switch (_random.Next(16))
            {
                case <= 1:
                    _behind.Enqueue(_world.Next(_bad));
                    _replicas[0].Publish(_world.Last!);
                    Note($"world {Describe(_world.Last!)}");
                    break;
                case 2 when _behind.TryDequeue(out var next):
                    _replicas[1].Publish(next);
                    break;
                case <= 7:
                    Write();
                    break;
                case <= 10:
                    Read();
                    break;
                case <= 13:
                    Hear();
                    break;
                // The client answers within less than the trial patience.
                case 14 when Now - _lastIdle < TimeSpan.FromSeconds(25):
                    Now += TimeSpan.FromMilliseconds(_random.Next(1, 3000));
                    break;
                case 15:
                    if (_random.Next(4) == 0) Connect(_random.Next(2));
                    else if (_random.Next(2) == 0) ToggleRoutes("rb");
                    break;
            }
        }
    }

    /// <summary>Lets everything come to rest, and compares the client with the snapshot.</summary>
    public void Settle()
    {
        if (_world.Last is not { } last) return;
        while (_behind.TryDequeue(out var next)) _replicas[1].Publish(next);
        if (!Envoy.WantedRoutes.Contains("rb")) ToggleRoutes("rb");
        var rounds = 0;
        for (var quiet = 0; quiet < 3;)
        {
            (++rounds).ShouldBeLessThan(2000, "server and client come to rest");
            var idle = !Write() & !Read() & !Hear();
            if (!idle) quiet = 0;
            else if (Session.WakeAt is { } at && at > Now) Now = at;
            else quiet++;
        }

        foreach (var type in Asked.Except(Stuck)) Compare(type, last);
        Envoy.Warming.Where(name => last.OfType(XdsType.ClusterLoadAssignment).TryGetValue(name, out var endpoints)
            && !ModelEnvoy.IsBad(endpoints)
            && _inNacks.GetValueOrDefault((XdsType.ClusterLoadAssignment, name, endpoints.Hash)) < 2
            && Envoy.WantedAssignments().Contains(name)).ShouldBeEmpty("clusters warm for ever");
    }

    /// <summary>The client takes a response.</summary>
    protected abstract void Take(XdsResponse response);

    /// <summary>The client wants other route configurations now.</summary>
    protected abstract void AskForRoutes(string name, bool isWanted);

    /// <summary>A new session, whose client asks for everything.</summary>
    protected abstract void Open();

    protected void Connect(int replica)
    {
        Note($"connect to {replica}");
        _toClient.Clear();
        _toServer.Clear();
        _nacked.Clear();
        if (ServerForgets) _inNacks.Clear();
        _sendsAfterNack.Clear();
        _cell = _replicas[replica];
        Open();
    }

    /// <summary>Puts a request on its way.</summary>
    protected void Send(Action arrive) => _toServer.Enqueue(arrive);

    /// <summary>The client's answer to a response arrives at the server.</summary>
    protected void Answered(XdsResponse response, string? error)
    {
        Note($"heard {response.Type} {response.Nonce} {error}");
        if (error is null) return;
        foreach (var resource in response.Resources)
        {
            var content = (response.Type, resource.Name, resource.Hash);
            if (ModelEnvoy.IsBad(resource)) _nacked.Add(content);
            _inNacks[content] = _inNacks.GetValueOrDefault(content) + 1;
        }
    }

    protected void Accepted(XdsType type, Generation generation) => _accepted[type] = generation;

    /// <summary>Remembers what happened; costs nothing unless <see cref="IsTraced"/>.</summary>
    protected void Note([InterpolatedStringHandlerArgument("")] ref NoteHandler what)
    {
        if (!IsTraced) return;
        _trace.Enqueue(what.ToString());
        if (_trace.Count > 100) _trace.Dequeue();
    }

    protected abstract Generation GenerationOf(XdsResponse response);

    private static string Describe(Snapshot snapshot) =>
        $"{snapshot.Generation}: {string.Join(" | ", Asked.Select(type => snapshot.OfType(type).Values.Text()))}";

    // A listener that names it comes or goes.
    private void ToggleRoutes(string name)
    {
        var isWanted = Envoy.WantedRoutes.Add(name);
        if (!isWanted) Envoy.DropRoutes(name);
        AskForRoutes(name, isWanted);
    }

    private bool Write()
    {
        Session.Observe(_cell.Current);
        if (Session.Next(Now) is not { } response) return false;
        Session.Written(Now);
        Note($"server {response.Type} {response.Nonce} {response.Version}: {response.Resources.Text()}"
            + $"{string.Concat(response.Removed.Select(name => " -" + name))}");
        Check(response);
        _toClient.Enqueue(response);
        return true;
    }

    private bool Read()
    {
        if (!_toClient.TryDequeue(out var response)) return false;
        Take(response);
        return true;
    }

    private bool Hear()
    {
        if (!_toServer.TryDequeue(out var arrive)) return false;
        arrive();
        return true;
    }

    private void Check(XdsResponse response)
    {
        _cell.Current.ShouldNotBeNull("I2: a response before the first snapshot");
        // The first answer of an incremental stream may say nothing: then there is nothing that could go back, and a
        // client that has dropped all that was newer cannot name it.
        if (!response.IsDelta || response.Resources.Count + response.Removed.Count > 0)
        {
            GenerationOf(response).ShouldBeGreaterThanOrEqualTo(
                _accepted.GetValueOrDefault(response.Type), $"I1: {response.Type} goes back");
        }

        foreach (var resource in response.Resources)
        {
            var content = (response.Type, resource.Name, resource.Hash);
            if (!_nacked.Contains(content)) continue;
            var sends = _sendsAfterNack[content] = _sendsAfterNack.GetValueOrDefault(content) + 1;
            sends.ShouldBeLessThanOrEqualTo(1, $"I6: {content} is sent more than once after its NACK");
        }
    }

    private void Compare(XdsType type, Snapshot last)
    {
        var wanted = type switch
        {
            XdsType.ClusterLoadAssignment => Envoy.WantedAssignments(),
            _ => last.OfType(type).Keys.Concat(Envoy.Held(type).Select(resource => resource.Name)).Distinct(),
        };
        foreach (var name in wanted)
        {
            last.OfType(type).TryGetValue(name, out var target);
            var held = Envoy.Held(type, name);
            if (target is not null && ModelEnvoy.IsBad(target)) continue;
            // Rejected twice in bad company: no third send.
            if (target is not null && _inNacks.GetValueOrDefault((type, name, target.Hash)) >= 2) continue;
            // A rejected listener or route may still need the cluster that its new content released.
            if (target is null && type == XdsType.Cluster && HasRejected(last)) continue;
            if (target is null && type is not (XdsType.Cluster or XdsType.Listener)) continue;
            // An empty set is not sent in place of contents that were all rejected, whatever else it would remove (I2).
            if (target is null && AreAllRejected(last, type)) continue;
            (held?.Content()).ShouldBe(target?.Content(), $"{type} {name} at rest");
        }
    }

    private bool AreAllRejected(Snapshot last, XdsType type) =>
        last.OfType(type).Count > 0
        && last.OfType(type).Values.All(resource => ModelEnvoy.IsBad(resource)
            || _inNacks.GetValueOrDefault((type, resource.Name, resource.Hash)) >= 2);

    private bool HasRejected(Snapshot last) =>
        last.OfType(XdsType.Listener).Values.Concat(last.OfType(XdsType.RouteConfiguration).Values)
            .Any(resource => ModelEnvoy.IsBad(resource)
                || _inNacks.ContainsKey((resource.Resource.Type, resource.Name, resource.Hash)));
}
