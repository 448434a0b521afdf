using Shouldly;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Tests.Model;

/// <summary>An incremental history.</summary>
internal sealed class DeltaRun : ModelRun
{
    private readonly Dictionary<(XdsType Type, string Name), string> _versions = [];
    private readonly HashSet<string> _endpointNames = [];
    private ClientMemory _memory = ClientMemory.Empty;
    private DeltaSession? _session;

    public DeltaRun(int seed, double bad)
        : base(seed, bad) => Connect(0);

    protected override XdsSession Session => _session!;

    protected override bool ServerForgets => false;

    protected override Generation GenerationOf(XdsResponse response)
    {
        Generation.TryParse(response.Version, out var generation).ShouldBeTrue();
        return generation;
    }

    protected override void Take(XdsResponse response)
    {
        var error = Envoy.Take(response.Type, response.Resources, response.Removed);
        Note($"client {response.Type} {response.Nonce}: {error ?? "ok"}");
        if (error is null)
        {
            foreach (var resource in response.Resources)
            {
                if (Envoy.Held(response.Type, resource.Name) is not null)
                    _versions[(response.Type, resource.Name)] = resource.Version;
            }

            foreach (var name in response.Removed) _versions.Remove((response.Type, name));
            Accepted(response.Type, NewestKnown(response.Type));
        }

        var (type, nonce) = (response.Type, response.Nonce);
        Send(() =>
        {
            Answered(response, error);
            _session!.Receive(new DeltaRequest(type) { Nonce = nonce, Error = error }, Now).ShouldBeNull();
        });
        if (type == XdsType.Cluster) FollowClusters();
    }

    protected override void Open()
    {
        if (_session is not null) _memory = _session.Remember();
        _session = new DeltaSession(SessionOptions.Default, _memory);
        _endpointNames.Clear();
        _endpointNames.UnionWith(Envoy.WantedAssignments());
        foreach (var type in Asked) Ask(type, Names(type));
    }

    protected override void AskForRoutes(string name, bool isWanted)
    {
        if (!isWanted) _versions.Remove((XdsType.RouteConfiguration, name));
        var request = new DeltaRequest(XdsType.RouteConfiguration)
        {
            Subscribe = isWanted ? [name] : [],
            Unsubscribe = isWanted ? [] : [name],
        };
        Send(() =>
        {
            Note($"asked RDS {(isWanted ? '+' : '-')}{name}");
            _session!.Receive(request, Now).ShouldBeNull();
        });
    }

    // What a reconnecting client can say: the commits of what it holds.
    private Generation NewestKnown(XdsType type) => _versions.Where(entry => entry.Key.Type == type)
        .Select(entry => ResourceVersion.TryParse(entry.Value, out var version) ? version.Since : Generation.None)
        .DefaultIfEmpty().Max();

    private void FollowClusters()
    {
        var wanted = Envoy.WantedAssignments();
        var subscribe = wanted.Except(_endpointNames).ToArray();
        var unsubscribe = _endpointNames.Except(wanted).ToArray();
        if (subscribe.Length + unsubscribe.Length == 0) return;
        _endpointNames.UnionWith(subscribe);
        _endpointNames.ExceptWith(unsubscribe);
        var request = new DeltaRequest(XdsType.ClusterLoadAssignment)
        {
            Subscribe = subscribe,
            Unsubscribe = unsubscribe,
        };
        Send(() =>
        {
            Note($"asked EDS +{string.Join(',', subscribe)} -{string.Join(',', unsubscribe)}");
            _session!.Receive(request, Now).ShouldBeNull();
        });
    }

    private void Ask(XdsType type, string[] names)
    {
        var request = new DeltaRequest(type)
        {
            Subscribe = names,
            InitialVersions = _versions.Where(entry => entry.Key.Type == type)
                .ToDictionary(entry => entry.Key.Name, entry => entry.Value),
        };
        Send(() =>
        {
            Note($"asked {type} {string.Join(',', names)}: {string.Join(' ', request.InitialVersions.Keys)}");
            _session!.Receive(request, Now).ShouldBeNull();
        });
    }

    private string[] Names(XdsType type) => type switch
    {
        XdsType.ClusterLoadAssignment => _endpointNames.Count > 0 ? [.. _endpointNames] : ["none"],
        XdsType.RouteConfiguration => [.. Envoy.WantedRoutes],
        XdsType.Secret => ["s"],
        _ => [],
    };
}
