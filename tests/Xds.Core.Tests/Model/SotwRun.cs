using Shouldly;
using Stagedoor.Xds.Sessions;
using Stagedoor.Xds.Tests.Support;

namespace Stagedoor.Xds.Tests.Model;

/// <summary>
/// One random history: a changing proxy, two replicas of which the second lags, and one client that reads, answers and
/// reconnects when it likes.
/// </summary>
internal sealed class SotwRun
{
    private static readonly XdsType[] Asked =
        [XdsType.Cluster, XdsType.ClusterLoadAssignment, XdsType.Secret, XdsType.Listener, XdsType.RouteConfiguration];

    private readonly Random _random;
    private readonly World _world;
    private readonly ModelEnvoy _envoy;
    private readonly double _bad;
    private readonly SnapshotCell[] _replicas = [new(), new()];
    private readonly Queue<Snapshot> _behind = new();
    private readonly Queue<XdsResponse> _toClient = new();
    private readonly Queue<SotwRequest> _toServer = new();
    private readonly Dictionary<XdsType, string> _versions = [];
    private readonly Dictionary<XdsType, string> _nonces = [];
    private readonly Dictionary<XdsType, Generation> _accepted = [];
    private readonly HashSet<(XdsType, string, ResourceHash)> _nacked = [];
    private readonly Dictionary<(XdsType, string, ResourceHash), int> _inNacks = [];
    private readonly Dictionary<(XdsType, string, ResourceHash), int> _sendsAfterNack = [];
    private readonly Dictionary<string, IReadOnlyList<SnapshotResource>> _sent = [];
    private readonly HashSet<XdsType> _acceptedHere = [];
    private readonly HashSet<XdsType> _frozen = [];
    private readonly Queue<string> _trace = new();
    private string[] _endpointNames = [];
    private SotwSession _session = null!;
    private SnapshotCell _cell = null!;
    private DateTimeOffset _now = Make.Start;
    private DateTimeOffset _lastIdle = Make.Start;

    public SotwRun(int seed, double bad)
    {
        _random = new Random(seed);
        _world = new World(_random);
        _envoy = new ModelEnvoy(_random);
        _bad = bad;
        Connect(0);
    }

    /// <summary>The last things that happened.</summary>
    public string Trace => string.Join('\n', _trace);

    public void Play(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            if (_toClient.Count + _toServer.Count == 0) _lastIdle = _now;
            switch (_random.Next(16))
            {
                case <= 1:
                    _replicas[0].Publish(_world.Next(_bad));
                    _behind.Enqueue(_world.Last!);
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
                case 14 when _now - _lastIdle < TimeSpan.FromSeconds(25):
                    _now += TimeSpan.FromMilliseconds(_random.Next(1, 3000));
                    break;
                case 15 when _random.Next(4) == 0:
                    Connect(_random.Next(2));
                    break;
            }
        }
    }

    /// <summary>Lets everything come to rest, and compares the client with the snapshot.</summary>
    public void Settle()
    {
        if (_world.Last is not { } last) return;
        while (_behind.TryDequeue(out var next)) _replicas[1].Publish(next);
        var rounds = 0;
        for (var quiet = 0; quiet < 3;)
        {
            (++rounds).ShouldBeLessThan(2000, "server and client come to rest");
            var idle = !Write() & !Read() & !Hear();
            if (!idle) quiet = 0;
            else if (_session.WakeAt is { } at && at > _now) _now = at;
            else quiet++;
        }

        // What refers to clusters that the client does not take waits with them.
        if (_frozen.Contains(XdsType.Cluster)) _frozen.UnionWith([XdsType.Listener, XdsType.RouteConfiguration]);
        foreach (var type in Asked.Except(_frozen)) Compare(type, last);
        _envoy.Warming.Where(name => last.OfType(XdsType.ClusterLoadAssignment).TryGetValue(name, out var endpoints)
            && !ModelEnvoy.IsBad(endpoints)
            && _inNacks.GetValueOrDefault((XdsType.ClusterLoadAssignment, name, endpoints.Hash)) < 2
            && _envoy.WantedAssignments().Contains(name)).ShouldBeEmpty("clusters warm for ever");
    }

    private void Compare(XdsType type, Snapshot last)
    {
        var wanted = type switch
        {
            XdsType.ClusterLoadAssignment => _envoy.WantedAssignments(),
            _ => last.OfType(type).Keys.Concat(_envoy.Held(type).Select(resource => resource.Name)).Distinct(),
        };
        foreach (var name in wanted)
        {
            last.OfType(type).TryGetValue(name, out var target);
            var held = _envoy.Held(type, name);
            if (target is not null && ModelEnvoy.IsBad(target)) continue;
            // Rejected twice in bad company: no third send.
            if (target is not null && _inNacks.GetValueOrDefault((type, name, target.Hash)) >= 2) continue;
            // A rejected listener or route may still need the cluster that its new content released.
            if (target is null && type == XdsType.Cluster && HasRejected(last)) continue;
            if (target is null && type is not (XdsType.Cluster or XdsType.Listener)) continue;
            (held?.Content()).ShouldBe(target?.Content(), $"{type} {name} at rest");
        }
    }

    private bool HasRejected(Snapshot last) =>
        last.OfType(XdsType.Listener).Values.Concat(last.OfType(XdsType.RouteConfiguration).Values)
            .Any(resource => _inNacks.ContainsKey((resource.Resource.Type, resource.Name, resource.Hash)));

    private bool Write()
    {
        _session.Observe(_cell.Current);
        if (_session.Next(_now) is not { } response) return false;
        _session.Written(_now);
        Note($"server {response.Type} {response.Nonce} {response.Version}: {response.Resources.Text()}");
        Check(response);
        _sent[response.Nonce] = response.Resources;
        _toClient.Enqueue(response);
        return true;
    }

    private void Check(XdsResponse response)
    {
        _cell.Current.ShouldNotBeNull("I2: a response before the first snapshot");
        TypeVersion.TryParse(response.Version, out var version).ShouldBeTrue();
        version.Generation.ShouldBeGreaterThanOrEqualTo(
            _accepted.GetValueOrDefault(response.Type), $"I1: {response.Type} goes back");
        foreach (var resource in response.Resources)
        {
            var content = (response.Type, resource.Name, resource.Hash);
            if (!_nacked.Contains(content)) continue;
            var sends = _sendsAfterNack[content] = _sendsAfterNack.GetValueOrDefault(content) + 1;
            sends.ShouldBeLessThanOrEqualTo(1, $"I6: {content} is sent more than once after its NACK");
        }
    }

    private bool Read()
    {
        if (!_toClient.TryDequeue(out var response)) return false;
        var removed = response.Type is XdsType.Cluster or XdsType.Listener
            ? _envoy.Held(response.Type).Select(resource => resource.Name)
                .Except(response.Resources.Select(resource => resource.Name)).ToArray()
            : [];
        var error = _envoy.Take(response.Type, response.Resources, removed);
        _nonces[response.Type] = response.Nonce;
        if (error is null)
        {
            _versions[response.Type] = response.Version;
            TypeVersion.TryParse(response.Version, out var version).ShouldBeTrue();
            _accepted[response.Type] = version.Generation;
            _acceptedHere.Add(response.Type);
        }
        else if (response.Type is XdsType.Cluster or XdsType.Listener && !_acceptedHere.Contains(response.Type))
        {
            // A client with a state of its own names nobody: it is left alone until something changes.
            if (!error.Contains(':') && _versions.ContainsKey(response.Type)) _frozen.Add(response.Type);
        }

        Note($"client {response.Type} {response.Nonce}: {error ?? "ok"}");
        Answer(response.Type, error);
        if (response.Type == XdsType.Cluster && !_endpointNames.SequenceEqual(_envoy.WantedAssignments()))
        {
            _endpointNames = _envoy.WantedAssignments();
            Answer(XdsType.ClusterLoadAssignment, null);
        }

        return true;
    }

    private void Answer(XdsType type, string? error) => _toServer.Enqueue(new SotwRequest(type)
    {
        Names = Names(type),
        VersionInfo = _versions.GetValueOrDefault(type, ""),
        Nonce = _nonces.GetValueOrDefault(type, ""),
        Error = error,
    });

    private bool Hear()
    {
        if (!_toServer.TryDequeue(out var request)) return false;
        if (request.Error is not null) NoteNack(request);
        Note($"heard {request.Type} {request.Nonce} {request.VersionInfo} {request.Error}");
        _session.Receive(request, _now).ShouldBeNull();
        return true;
    }

    private void NoteNack(SotwRequest request)
    {
        if (_sent.TryGetValue(request.Nonce, out var response))
        {
            foreach (var resource in response)
            {
                var content = (request.Type, resource.Name, resource.Hash);
                if (ModelEnvoy.IsBad(resource)) _nacked.Add(content);
                _inNacks[content] = _inNacks.GetValueOrDefault(content) + 1;
            }
        }
    }

    private void Connect(int replica)
    {
        _toClient.Clear();
        _toServer.Clear();
        _nonces.Clear();
        _nacked.Clear();
        _inNacks.Clear();
        _acceptedHere.Clear();
        _frozen.Clear();
        _sendsAfterNack.Clear();
        _sent.Clear();
        Note($"connect to {replica}");
        _session = new SotwSession(SessionOptions.Default);
        _cell = _replicas[replica];
        _endpointNames = _envoy.WantedAssignments();
        foreach (var type in Asked) Answer(type, null);
    }

    private void Note(string what)
    {
        _trace.Enqueue(what);
        if (_trace.Count > 200) _trace.Dequeue();
    }

    private static string Describe(Snapshot snapshot) =>
        $"{snapshot.Generation}: {string.Join(" | ", Asked.Select(type => snapshot.OfType(type).Values.Text()))}";

    private string[] Names(XdsType type) => type switch
    {
        XdsType.ClusterLoadAssignment => _endpointNames.Length > 0 ? _endpointNames : ["none"],
        XdsType.RouteConfiguration => ["ra", "rb"],
        XdsType.Secret => ["s"],
        _ => [],
    };
}
