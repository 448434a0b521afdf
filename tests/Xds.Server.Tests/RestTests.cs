using System.Net;
using System.Text;
using Envoy.Config.Cluster.V3;
using Envoy.Config.Core.V3;
using Envoy.Config.Endpoint.V3;
using Envoy.Service.Discovery.V3;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Shouldly;
using Stagedoor.Xds.EnvoyApi;
using Stagedoor.Xds.Server.Tests.Support;
using Stagedoor.Xds.Tests.Support;
using Xunit;

namespace Stagedoor.Xds.Server.Tests;

/// <summary>xDS over REST (rule R30, infrastructure 1.9).</summary>
public sealed class RestTests : IAsyncLifetime
{
    private const string Node = """
        "node": {"id": "n", "cluster": "c", "metadata": {"role": "ns~p"}, "extensions": [{"future_field": 1}]}
        """;

    private TestServer _server = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(options =>
        {
            options.FetchPatience = TimeSpan.FromMilliseconds(50);
            options.MaxRestRequestBytes = 100_000;
        });
        _client = _server.Rest();
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _server.DisposeAsync();
    }

    [Theory]
    [InlineData("listeners", XdsType.Listener)]
    [InlineData("routes", XdsType.RouteConfiguration)]
    [InlineData("clusters", XdsType.Cluster)]
    [InlineData("endpoints", XdsType.ClusterLoadAssignment)]
    [InlineData("secrets", XdsType.Secret)]
    public async Task R30_each_type_has_its_path_and_a_current_version_gets_304(string word, XdsType type)
    {
        _server.Cell().Publish(Make.Snapshot(1, Empty(type, "a"), Empty(type, "b")));
        var first = await PostAsync(word, $$"""{ {{Node}}, "type_url": "{{type.TypeUrl()}}" }""");
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var response = Read(await TextAsync(first));
        response.TypeUrl.ShouldBe(type.TypeUrl());
        response.Resources.Count.ShouldBe(2);
        response.Resources.ShouldAllBe(resource => resource.TypeUrl == type.TypeUrl());

        var again = await PostAsync(word, $$"""{ {{Node}}, "versionInfo": "{{response.VersionInfo}}" }""");
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await TextAsync(again)).ShouldBeEmpty();

        _server.Cell().Publish(Make.Snapshot(2, Empty(type, "a")));
        var changed = await PostAsync(word, $$"""{ {{Node}}, "version_info": "{{response.VersionInfo}}" }""");
        Read(await TextAsync(changed)).Resources.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_content_is_what_the_streams_bring_with_names_escaped()
    {
        var cluster = new Cluster
        {
            Name = "quoted \"ü\" \n",
            ConnectTimeout = new Duration { Seconds = 5 },
            Metadata = new Metadata
            {
                TypedFilterMetadata = { ["x"] = Any.Pack(new ClusterLoadAssignment { ClusterName = "in" }) },
            },
        };
        _server.Cell().Publish(Make.Snapshot(
            1, EncodedResource.Encode(XdsType.Cluster, cluster.Name, cluster, ResourceRefs.None)));

        var response = await PostAsync("clusters", $$"""{ {{Node}} }""");

        Read(await TextAsync(response)).Resources.Single().Unpack<Cluster>().ShouldBe(cluster);
    }

    [Fact]
    public async Task Names_select_and_a_name_asked_for_anew_is_answered()
    {
        _server.Cell().Publish(Make.Snapshot(
            1, Empty(XdsType.ClusterLoadAssignment, "a"), Empty(XdsType.ClusterLoadAssignment, "b")));
        var one = Read(await TextAsync(await PostAsync(
            "endpoints", $$"""{ {{Node}}, "resource_names": ["b"] }""")));
        one.Resources.Single().Unpack<ClusterLoadAssignment>().ClusterName.ShouldBe("b");

        var both = await PostAsync(
            "endpoints", $$"""{ {{Node}}, "resourceNames": ["a", "b"], "versionInfo": "{{one.VersionInfo}}" }""");

        both.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("""{"node": 3}""")]
    [InlineData("""{"resource_names": {}}""")]
    [InlineData("""{"error_detail": {"details": [{"@type": "type.googleapis.com/unknown.Type"}]}}""")]
    [InlineData("""{"type_url": "type.googleapis.com/envoy.config.listener.v3.Listener"}""")]
    public async Task A_body_that_is_no_request_gets_400(string body)
    {
        var response = await PostAsync("endpoints", body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await TextAsync(response)).ShouldStartWith("SD4006: ");
    }

    [Fact]
    public async Task A_body_that_is_no_text_or_too_deep_gets_400()
    {
        var bytes = await _client.PostAsync(
            Path("endpoints"), new ByteArrayContent([0xff, 0xfe, 0x80]), TestContext.Current.CancellationToken);
        bytes.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 5000)) + "1" + new string('}', 5000);
        (await PostAsync("endpoints", $$$"""{"node": {"metadata": {{{deep}}} } }"""))
            .StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_body_over_the_limit_gets_413()
    {
        var response = await PostAsync("endpoints", "{" + new string(' ', 200_000) + "}");

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task I2_no_snapshot_is_an_error_not_an_empty_answer()
    {
        var response = await PostAsync("endpoints", $$"""{ {{Node}} }""");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await TextAsync(response)).ShouldBe("SD4012: there is no snapshot for ns~p");
    }

    [Fact]
    public async Task The_first_poll_waits_a_moment_for_the_snapshot()
    {
        await using var server = await TestServer.StartAsync(
            options => options.FetchPatience = TimeSpan.FromSeconds(20));
        using var client = server.Rest();
        var poll = client.PostAsync(
            Path("endpoints"), new StringContent($$"""{ {{Node}} }"""), TestContext.Current.CancellationToken);
        SpinWait.SpinUntil(() => server.Directory.Leases == 1, TimeSpan.FromSeconds(10)).ShouldBeTrue();

        server.Cell().Publish(Make.Snapshot(1, Empty(XdsType.ClusterLoadAssignment, "a")));

        (await poll).StatusCode.ShouldBe(HttpStatusCode.OK);
        SpinWait.SpinUntil(() => server.Directory.Leases == 0, TimeSpan.FromSeconds(10)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_resource_with_a_message_of_an_unknown_type_is_an_error_that_says_so()
    {
        var cluster = new Cluster { Name = "a", Metadata = new Metadata() };
        cluster.Metadata.TypedFilterMetadata["x"] = new Any { TypeUrl = "type.googleapis.com/who.Knows" };
        _server.Cell().Publish(Make.Snapshot(
            1, EncodedResource.Encode(XdsType.Cluster, "a", cluster, ResourceRefs.None)));

        var response = await PostAsync("clusters", $$"""{ {{Node}} }""");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var text = await TextAsync(response);
        text.ShouldStartWith("SD4013: ");
        text.ShouldContain("who.Knows");
    }

    [Fact]
    public async Task A_resource_whose_bytes_are_no_message_is_an_error_that_says_so()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a", "no message at all")));

        var response = await PostAsync("clusters", $$"""{ {{Node}} }""");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await TextAsync(response)).ShouldStartWith("SD4013: ");
    }

    [Theory]
    [InlineData("POST", "/v2/discovery:endpoints", HttpStatusCode.NotFound)]
    [InlineData("POST", "/v3/discovery:runtime", HttpStatusCode.NotFound)]
    [InlineData("POST", "/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/v3/discovery:endpoints", HttpStatusCode.MethodNotAllowed)]
    [InlineData(
        "POST", "/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources",
        HttpStatusCode.NotFound)]
    public async Task Other_paths_and_methods_are_refused(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(status);
    }

    private static DiscoveryResponse Read(string json) => new JsonParser(
        JsonParser.Settings.Default.WithTypeRegistry(EnvoyTypes.Registry)).Parse<DiscoveryResponse>(json);

    private static Task<string> TextAsync(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static EncodedResource Empty(XdsType type, string name)
    {
        var message = type == XdsType.ClusterLoadAssignment
            ? (IMessage)new ClusterLoadAssignment { ClusterName = name }
            : new Cluster();
        return EncodedResource.Encode(type, name, message, ResourceRefs.None);
    }

    private static string Path(string word) => $"/v3/discovery:{word}";

    private Task<HttpResponseMessage> PostAsync(string word, string body) => _client.PostAsync(
        Path(word), new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
}
