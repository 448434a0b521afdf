using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using Stagedoor.Xds.Server.Tests.Support;

namespace Stagedoor.Xds.Server.Tests.Fuzz;

/// <summary>Sends what <see cref="FuzzMessages"/> makes, and does not mind what comes back.</summary>
internal sealed class FuzzClient(TestServer server, int seed) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly string[] Paths =
    [
        "/envoy.service.discovery.v3.AggregatedDiscoveryService/{0}AggregatedResources",
        "/envoy.service.cluster.v3.ClusterDiscoveryService/{0}Clusters",
        "/envoy.service.endpoint.v3.EndpointDiscoveryService/{0}Endpoints",
        "/envoy.service.listener.v3.ListenerDiscoveryService/{0}Listeners",
        "/envoy.service.route.v3.RouteDiscoveryService/{0}Routes",
        "/envoy.service.secret.v3.SecretDiscoveryService/{0}Secrets",
    ];

    private static readonly string[] RestWords = ["listeners", "routes", "clusters", "endpoints", "secrets"];

    private readonly Random _random = new(seed);
    private readonly FuzzMessages _messages = new(new Random(seed));
    private readonly HttpClient _grpc = server.Http(server.Port);
    private readonly HttpClient _rest = server.Rest();

    /// <summary>Sends something; how many messages it was.</summary>
    public async Task<int> StepAsync(CancellationToken cancellation)
    {
        switch (_random.Next(20))
        {
            case 0:
                await RawAsync(_random.Next(4) == 0 ? server.RestPort : server.Port, cancellation);
                return 1;
            case 1:
                await RestAsync(cancellation);
                return 1;
            default:
                var count = _random.Next(1, 60);
                var mutated = _random.Next(3) switch { 0 => 0, 1 => 0.02, _ => 0.5 };
                var isDelta = _random.Next(2) == 0;
                var frames = isDelta ? _messages.Delta(count, mutated) : _messages.Sotw(count, mutated);
                var path = _random.Next(2) == 0 ? Paths[0] : Paths[_random.Next(Paths.Length)];
                await StreamAsync(path.Replace("{0}", isDelta ? "Delta" : "Stream"), frames, cancellation);
                return count;
        }
    }

    public void Dispose()
    {
        _grpc.Dispose();
        _rest.Dispose();
    }

    private async Task StreamAsync(string path, List<byte[]> frames, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new Frames(frames),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        try
        {
            using var response = await _grpc.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            // A client that leaves in the middle, or stays to the end.
            if (_random.Next(4) == 0) return;
            await (await response.Content.ReadAsStreamAsync(deadline.Token)).CopyToAsync(Stream.Null, deadline.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !deadline.IsCancellationRequested)
        {
            // The server ended a stream whose client was still talking.
        }
    }

    private async Task RestAsync(CancellationToken cancellation)
    {
        using var content = new StringContent(_messages.Json(), Encoding.UTF8, "application/json");
        using var response = await _rest.PostAsync(
            $"/v3/discovery:{RestWords[_random.Next(RestWords.Length)]}", content, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        if (response.StatusCode == HttpStatusCode.InternalServerError) text.ShouldStartWith("SD4012: ");
        else response.StatusCode.ShouldBeOneOf(
            HttpStatusCode.OK, HttpStatusCode.NotModified, HttpStatusCode.BadRequest,
            HttpStatusCode.RequestEntityTooLarge);
    }

    private async Task RawAsync(int port, CancellationToken cancellation)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port, cancellation);
        try
        {
            var stream = tcp.GetStream();
            await stream.WriteAsync(_messages.Garbage(), cancellation);
            tcp.Client.Shutdown(SocketShutdown.Send);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            deadline.CancelAfter(Patience);
            await stream.CopyToAsync(Stream.Null, deadline.Token);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The server does not listen to this any longer.
        }
    }

    private sealed class Frames(List<byte[]> frames) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var frame in frames)
            {
                await stream.WriteAsync(frame);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
