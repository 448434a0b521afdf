using System.Net;
using System.Text;
using Envoy.Service.Discovery.V3;
using Google.Protobuf;
using Grpc.Core;
using Stagedoor.Xds.EnvoyApi;

namespace Stagedoor.Xds.Harness.Clients;

/// <summary>How a client that polls was answered.</summary>
internal enum PollStatus
{
    Answered,
    Current,
    Refused,
}

/// <summary>A client that asks for a type now and then, with the version it has.</summary>
internal abstract class Poller
{
    /// <summary>What it has, by type; it goes along to the next server.</summary>
    public Dictionary<XdsType, string> Versions { get; init; } = [];

    /// <summary>Asks once; the response, if there is one, is what the client has from now on.</summary>
    public async Task<(PollStatus Status, Reply? Reply)> PollAsync(
        XdsType type, IReadOnlyList<string> names, Envoy.Config.Core.V3.Node node)
    {
        var (status, response) = await SendAsync(type, new DiscoveryRequest
        {
            Node = node,
            TypeUrl = type.TypeUrl(),
            VersionInfo = Versions.GetValueOrDefault(type, ""),
            ResourceNames = { names },
        });
        if (response is null) return (status, null);
        Versions[type] = response.VersionInfo;
        return (status, SotwClient.ReadResponse(response));
    }

    /// <summary>Forgets what it has of a type.</summary>
    public void Forget(XdsType type) => Versions.Remove(type);

    protected abstract Task<(PollStatus Status, DiscoveryResponse? Response)> SendAsync(
        XdsType type, DiscoveryRequest request);
}

/// <summary>Unary calls of the services of one type.</summary>
internal sealed class FetchPoller(CallInvoker invoker) : Poller
{
    protected override async Task<(PollStatus Status, DiscoveryResponse? Response)> SendAsync(
        XdsType type, DiscoveryRequest request)
    {
        try
        {
            using var call = invoker.AsyncUnaryCall(WireMethods.Fetch(type), null, default, request);
            return (PollStatus.Answered, await call);
        }
        catch (RpcException exception)
        {
            // Gloo's way to say so.
            var isCurrent = exception.StatusCode == StatusCode.Unknown
                && exception.Status.Detail.Contains("up to date", StringComparison.Ordinal);
            return (isCurrent ? PollStatus.Current : PollStatus.Refused, null);
        }
    }
}

/// <summary>REST.</summary>
internal sealed class RestPoller(Uri address) : Poller, IDisposable
{
    private static readonly Lazy<JsonParser> Json =
        new(() => new JsonParser(JsonParser.Settings.Default.WithTypeRegistry(EnvoyTypes.Registry)));

    private readonly HttpClient _http = new() { BaseAddress = address };

    public void Dispose() => _http.Dispose();

    protected override async Task<(PollStatus Status, DiscoveryResponse? Response)> SendAsync(
        XdsType type, DiscoveryRequest request)
    {
        var word = type switch
        {
            XdsType.Listener => "listeners",
            XdsType.RouteConfiguration => "routes",
            XdsType.Cluster => "clusters",
            XdsType.ClusterLoadAssignment => "endpoints",
            _ => "secrets",
        };
        using var body = new StringContent(
            JsonFormatter.Default.Format(request), Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri($"/v3/discovery:{word}", UriKind.Relative), body);
        if (answer.StatusCode == HttpStatusCode.NotModified) return (PollStatus.Current, null);
        if (!answer.IsSuccessStatusCode) return (PollStatus.Refused, null);
        var text = await answer.Content.ReadAsStringAsync();
        return (PollStatus.Answered, Json.Value.Parse<DiscoveryResponse>(text));
    }
}
