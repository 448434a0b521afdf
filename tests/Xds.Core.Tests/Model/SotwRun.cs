using Shouldly;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Tests.Model;

/// <summary>A history in state of the world.</summary>
internal sealed class SotwRun : ModelRun
{
    private readonly Dictionary<XdsType, string> _versions = [];
    private readonly Dictionary<XdsType, string> _nonces = [];
    private readonly HashSet<XdsType> _acceptedHere = [];
    private readonly HashSet<XdsType> _stuck = [];
    private string[] _endpointNames = [];
    private SotwSession _session = null!;

    public SotwRun(int seed, double bad)
        : base(seed, bad) => Connect(0);

    protected override XdsSession Session => _session;

    // What refers to clusters that the client does not take waits with them.
    protected override IEnumerable<XdsType> Stuck =>
        _stuck.Contains(XdsType.Cluster) ? [.. _stuck, XdsType.Listener, XdsType.RouteConfiguration] : _stuck;

    protected override Generation GenerationOf(XdsResponse response)
    {
        TypeVersion.TryParse(response.Version, out var version).ShouldBeTrue();
        return version.Generation;
    }

    protected override void Take(XdsResponse response)
    {
        var isSet = response.Type is XdsType.Cluster or XdsType.Listener;
        var removed = isSet
            ? Envoy.Held(response.Type).Select(resource => resource.Name)
                .Except(response.Resources.Select(resource => resource.Name)).ToArray()
            : [];
        var error = Envoy.Take(response.Type, response.Resources, removed);
        Note($"client {response.Type} {response.Nonce}: {error ?? "ok"}");
        _nonces[response.Type] = response.Nonce;
        if (error is null)
        {
            _versions[response.Type] = response.Version;
            Accepted(response.Type, GenerationOf(response));
            _acceptedHere.Add(response.Type);
        }
        else if (isSet && !_acceptedHere.Contains(response.Type) && !error.Contains(':')
            && _versions.ContainsKey(response.Type))
        {
            // A client with a state of its own that names nobody is left alone until something changes.
            _stuck.Add(response.Type);
        }

        Ask(response.Type, error, response);
        if (response.Type != XdsType.Cluster || _endpointNames.SequenceEqual(Envoy.WantedAssignments())) return;
        _endpointNames = Envoy.WantedAssignments();
        Ask(XdsType.ClusterLoadAssignment, null, null);
    }

    protected override void Open()
    {
        _nonces.Clear();
        _acceptedHere.Clear();
        _stuck.Clear();
        _session = new SotwSession(SessionOptions.Default);
        _endpointNames = Envoy.WantedAssignments();
        foreach (var type in Asked) Ask(type, null, null);
    }

    protected override void AskForRoutes(string name, bool isWanted) => Ask(XdsType.RouteConfiguration, null, null);

    private void Ask(XdsType type, string? error, XdsResponse? answered)
    {
        var request = new SotwRequest(type)
        {
            Names = Names(type),
            VersionInfo = _versions.GetValueOrDefault(type, ""),
            Nonce = _nonces.GetValueOrDefault(type, ""),
            Error = error,
        };
        Send(() =>
        {
            if (answered is { } response) Answered(response, error);
            else Note($"asked {type} {string.Join(',', request.Names)} {request.VersionInfo}");
            _session.Receive(request, Now).ShouldBeNull();
        });
    }

    private string[] Names(XdsType type) => type switch
    {
        XdsType.ClusterLoadAssignment => _endpointNames.Length > 0 ? _endpointNames : ["none"],
        XdsType.RouteConfiguration => [.. Envoy.WantedRoutes],
        XdsType.Secret => ["s"],
        _ => [],
    };
}
