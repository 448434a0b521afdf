using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Envoy.Service.Discovery.V3;
using Envoy.Service.Status.V3;
using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Stagedoor.Xds.Server.Security;
using Stagedoor.Xds.Server.Tests.Support;
using Stagedoor.Xds.Tests.Support;
using Xunit;

namespace Stagedoor.Xds.Server.Tests.Security;

/// <summary>
/// Every method that the server's own route table has, asked by every kind of client: nobody sees what is another
/// proxy's (rules A4, R31).
/// </summary>
public sealed class EveryEndpointTests : IAsyncLifetime
{
    private const string Mine = "ns~p";
    private const string Theirs = "ns~other";
    private const string Canary = "canary-of-p";
    private const string Content = "content-of-p";
    private const string VictimId = "victim-1";

    private readonly TestCa _ca = new();
    private TlsFolder _files = null!;
    private TestServer _server = null!;
    private DeltaCall _victim = null!;
    private (string Path, IMessage[] Requests)[] _methods = null!;

    public async ValueTask InitializeAsync()
    {
        _files = new TlsFolder(_ca.Issue("localhost"), _ca.Pem);
        _server = await TestServer.StartAsync(options => options.Tls = _files.Options);
        _server.Cell(Mine).Publish(Make.Snapshot(1, Messages.OfEveryType(Canary, Content)));
        _server.Cell(Theirs).Publish(Make.Snapshot(1, Messages.OfEveryType("name-of-other", "content-of-other")));
        _victim = new DeltaCall(
            new AggregatedDiscoveryService.AggregatedDiscoveryServiceClient(_server.Connect(Entitled("p"))),
            AdsCall.NodeOf(VictimId, Mine));
        foreach (var type in XdsTypes.WireOrder) await _victim.SubscribeAsync(type, "*");
        await _victim.GetAsync(XdsType.Runtime);
        _methods = Methods();
    }

    public async ValueTask DisposeAsync()
    {
        _victim.Dispose();
        await _server.DisposeAsync();
        _files.Dispose();
        _ca.Dispose();
    }

    [Fact]
    public async Task Its_own_is_served_and_no_status_shows_content()
    {
        using var client = _server.Http(_server.Port, Entitled("p"));
        foreach (var (path, requests) in _methods)
        {
            foreach (var request in requests)
            {
                var answer = await CallAsync(client, path, Named(request, "node-1", Mine));

                answer.Status.ShouldBe(request is HealthCheckRequest && answer.Status is null ? null : 0, path);
                if (IsAboutProxies(request)) answer.Text.ShouldContain(Canary, customMessage: path);
                if (request is ClientStatusRequest) answer.Text.ShouldNotContain(Content, customMessage: path);
            }
        }

        await RestAsync(Entitled("p"), Mine, HttpStatusCode.OK, isOwner: true);
    }

    [Fact]
    public async Task Another_role_than_its_own_is_refused_whatever_its_node_id() =>
        await NothingLeaksAsync(Entitled("other"), role: Mine, isDenied: true);

    [Fact]
    public async Task A_certificate_without_names_gets_nothing() =>
        await NothingLeaksAsync(_ca.Issue(), role: Mine, isDenied: true);

    [Fact]
    public async Task A_certificate_with_names_that_mean_nothing_gets_nothing() =>
        await NothingLeaksAsync(_ca.Issue("www.example.com"), role: Mine, isDenied: true);

    [Fact]
    public async Task A_forged_node_id_brings_nothing_of_its_owner() =>
        await NothingLeaksAsync(Entitled("other"), role: Theirs, isDenied: false);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_certificate_of_the_authority_there_is_no_connection(bool hasForeignCertificate)
    {
        using var foreign = new TestCa("foreign");
        var certificate = hasForeignCertificate ? foreign.Issue("spiffe://td/ns/ns/sa/p") : null;
        foreach (var port in new[] { _server.Port, _server.RestPort })
        {
            using var client = _server.Http(port, certificate);
            await Should.ThrowAsync<HttpRequestException>(async () =>
            {
                using var response = await client.PostAsync(
                    "/v3/discovery:clusters", new StringContent("{}"), TestContext.Current.CancellationToken);
            });
        }
    }

    [Fact]
    public async Task A_stream_cannot_change_to_another_role()
    {
        using var call = new AdsCall(
            new AggregatedDiscoveryService.AggregatedDiscoveryServiceClient(_server.Connect(Entitled("other"))),
            AdsCall.NodeOf("n", Theirs));
        await call.AskAsync(XdsType.Cluster);
        await call.GetAsync(XdsType.Cluster);

        await call.SendAsync(new DiscoveryRequest
        {
            Node = AdsCall.NodeOf("n", Mine),
            TypeUrl = XdsType.Listener.TypeUrl(),
        });

        (await call.GetEndAsync()).StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task A_forged_node_id_does_not_end_the_streams_of_its_owner()
    {
        var ca = new TestCa();
        using var files = new TlsFolder(ca.Issue("localhost"), ca.Pem);
        await using var server = await TestServer.StartAsync(options =>
        {
            options.Tls = files.Options;
            options.MaxStreamsPerNode = 1;
            options.Identities = IdentityMap.Parse("{x}.a={x}", "{x}.b={x}");
        });
        server.Cell("r").Publish(Make.Snapshot(1, Make.Cluster("a")));
        using var owner = await OpenAsync("r.a");
        using var forger = await OpenAsync("r.b");

        server.Cell("r").Publish(Make.Snapshot(2, Make.Cluster("a", "v2")));

        (await owner.GetAsync(XdsType.Cluster)).Resources.Count.ShouldBe(1);

        async Task<DeltaCall> OpenAsync(string name)
        {
            var call = new DeltaCall(
                new AggregatedDiscoveryService.AggregatedDiscoveryServiceClient(server.Connect(ca.Issue(name))),
                AdsCall.NodeOf("the-same", "r"));
            await call.SubscribeAsync(XdsType.Cluster);
            await call.AckAsync(await call.GetAsync(XdsType.Cluster));
            return call;
        }
    }

    [Fact]
    public async Task A_refusal_is_logged_with_a_code_and_the_name_in_the_certificate()
    {
        using var client = _server.Http(_server.Port, Entitled("other"));
        await CallAsync(
            client, "/envoy.service.cluster.v3.ClusterDiscoveryService/FetchClusters",
            Named(new DiscoveryRequest(), VictimId, Mine));

        var line = _server.Log.WaitFor("SD4015");
        line.ShouldContain("spiffe://td/ns/ns/sa/other");
        line.ShouldContain(VictimId);
    }

    private async Task NothingLeaksAsync(X509Certificate2 certificate, string role, bool isDenied)
    {
        using var client = _server.Http(_server.Port, certificate);
        foreach (var (path, requests) in _methods)
        {
            foreach (var request in requests)
            {
                var answer = await CallAsync(client, path, Named(request, VictimId, role));

                answer.Text.ShouldNotContain(Canary, customMessage: path);
                answer.Text.ShouldNotContain(Content, customMessage: path);
                if (request is DiscoveryRequest or DeltaDiscoveryRequest)
                    answer.Status.ShouldBe(isDenied ? RawGrpc.PermissionDenied : 0, path);
                if (request is ClientStatusRequest) answer.Text.ShouldNotContain(VictimId, customMessage: path);
            }
        }

        await RestAsync(certificate, role, isDenied ? HttpStatusCode.Forbidden : HttpStatusCode.OK, isOwner: false);
    }

    private async Task RestAsync(X509Certificate2 certificate, string role, HttpStatusCode wanted, bool isOwner)
    {
        using var client = _server.Rest(certificate);
        var paths = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .Where(path => path.StartsWith("/v3/discovery:", StringComparison.Ordinal)).ToArray();
        paths.Length.ShouldBe(5);
        foreach (var path in paths)
        {
            var body = $$"""{"node": {"id": "{{VictimId}}", "cluster": "c", "metadata": {"role": "{{role}}"} } }""";
            using var response = await client.PostAsync(
                path, new StringContent(body, Encoding.UTF8), TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            response.StatusCode.ShouldBe(wanted, path);
            text.Contains(Canary, StringComparison.Ordinal).ShouldBe(isOwner, path);
            text.Contains(Content, StringComparison.Ordinal).ShouldBe(isOwner, path);
        }
    }

    private X509Certificate2 Entitled(string name) => _ca.Issue($"spiffe://td/ns/ns/sa/{name}");

    private static Task<RawGrpc> CallAsync(HttpClient client, string path, IMessage request)
    {
        // Health's Watch is the only method that does not end when the client has said everything.
        var patience = TimeSpan.FromSeconds(path.EndsWith("/Watch", StringComparison.Ordinal) ? 0.5 : 20);
        return RawGrpc.CallAsync(client, path, request, patience, TestContext.Current.CancellationToken);
    }

    private static bool IsAboutProxies(IMessage request) =>
        request is DiscoveryRequest or DeltaDiscoveryRequest or ClientStatusRequest;

    private static IMessage Named(IMessage request, string id, string role)
    {
        var node = AdsCall.NodeOf(id, role);
        switch (request)
        {
            case DiscoveryRequest sotw:
                return new DiscoveryRequest(sotw) { Node = node };
            case DeltaDiscoveryRequest delta:
                return new DeltaDiscoveryRequest(delta) { Node = node };
            case ClientStatusRequest status:
                return new ClientStatusRequest(status) { Node = node };
            default:
                return request;
        }
    }

    // A method that is added later fails here until it is said how to ask it.
    private (string Path, IMessage[] Requests)[] Methods()
    {
        var methods = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method).OfType<IMethod>()
            .Select(method => (method.FullName, Requests(method))).ToArray();
        methods.Length.ShouldBeGreaterThan(25);
        return methods;
    }

    private static IMessage[] Requests(IMethod method)
    {
        var type = method.GetType().GenericTypeArguments[0];
        var isAggregated = method.ServiceName.EndsWith("AggregatedDiscoveryService", StringComparison.Ordinal);
        if (type == typeof(DiscoveryRequest))
            return isAggregated
                ? [.. XdsTypes.WireOrder.Select(known => new DiscoveryRequest { TypeUrl = known.TypeUrl() })]
                : [new DiscoveryRequest()];
        if (type == typeof(DeltaDiscoveryRequest))
            return isAggregated
                ? [.. XdsTypes.WireOrder.Select(known => new DeltaDiscoveryRequest { TypeUrl = known.TypeUrl() })]
                : [new DeltaDiscoveryRequest()];
        if (type == typeof(ClientStatusRequest)) return [new ClientStatusRequest()];
        if (type == typeof(HealthCheckRequest)) return [new HealthCheckRequest()];
        if (type.Name == nameof(ServerReflectionRequest))
            return [new ServerReflectionRequest { ListServices = "" }];
        throw new InvalidOperationException($"how is {method.FullName} asked?");
    }
}
