using Envoy.Service.Status.V3;
using Envoy.Type.Matcher.V3;
using Grpc.Core;
using Shouldly;
using Stagedoor.Xds.Server.Tests.Support;
using Stagedoor.Xds.Tests.Support;
using Xunit;
using static Envoy.Service.Status.V3.ClientStatusDiscoveryService;

namespace Stagedoor.Xds.Server.Tests;

/// <summary>CSDS: what the server knows of its clients.</summary>
public sealed class ClientStatusTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private ClientStatusDiscoveryServiceClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(options =>
        {
            options.MaxStatusEntries = 5;
            options.Session = options.Session with { ClusterPatience = TimeSpan.FromMinutes(1) };
        });
        _client = new ClientStatusDiscoveryServiceClient(_server.Connect());
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_resource_is_not_sent_then_stale_then_synced()
    {
        using var call = Open("one");
        await call.SubscribeAsync(XdsType.Cluster);
        await UntilAsync(client => client.GenericXdsConfigs.Count == 0);
        _server.Cell().Publish(Make.Snapshot(7, Make.Cluster("a")));
        var response = await call.GetAsync(XdsType.Cluster);

        var stale = await UntilAsync(client => client.GenericXdsConfigs.Count == 1);
        var entry = stale.GenericXdsConfigs.Single();
        entry.TypeUrl.ShouldBe(XdsType.Cluster.TypeUrl());
        entry.Name.ShouldBe("a");
        entry.VersionInfo.ShouldBe(response.Resources.Single().Version);
        entry.ConfigStatus.ShouldBe(ConfigStatus.Stale);

        await call.AckAsync(response);
        await UntilAsync(client => client.GenericXdsConfigs.Single().ConfigStatus == ConfigStatus.Synced);
        // A second response of the type waits for the answer to the first, and so is not sent yet.
        _server.Cell().Publish(Make.Snapshot(8, Make.Cluster("a", "v2")));
        await call.GetAsync(XdsType.Cluster);
        _server.Cell().Publish(Make.Snapshot(9, Make.Cluster("a", "v3"), Make.Cluster("b")));
        await UntilAsync(client => client.GenericXdsConfigs.Any(one => one.ConfigStatus == ConfigStatus.NotSent));
    }

    [Fact]
    public async Task A_rejected_resource_is_an_error_with_the_redacted_words_and_others_are_synced()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("good-one"), Make.Cluster("bad-one")));
        using var call = Open("one");
        await call.SubscribeAsync(XdsType.Cluster);
        await call.NackAsync(
            await call.GetAsync(XdsType.Cluster),
            "bad-one: -----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----");
        await call.AckAsync(await call.GetAsync(XdsType.Cluster));

        var client = await UntilAsync(one =>
            one.GenericXdsConfigs.Count(entry => entry.ConfigStatus == ConfigStatus.Synced) == 1);

        var bad = client.GenericXdsConfigs.Single(entry => entry.Name == "bad-one");
        bad.ConfigStatus.ShouldBe(ConfigStatus.Error);
        bad.ErrorState.Details.ShouldBe("bad-one: [redacted]");
        client.GenericXdsConfigs.Single(entry => entry.Name == "good-one").ErrorState.ShouldBeNull();
    }

    [Fact]
    public async Task I8_content_is_never_shown_and_of_a_secret_not_even_its_hash()
    {
        var secret = Make.Secret("s", "hunter2");
        _server.Cell().Publish(Make.Snapshot(3, secret));
        using var call = Open("one");
        await call.SubscribeAsync(XdsType.Secret, "s");
        await call.AckAsync(await call.GetAsync(XdsType.Secret));

        var client = await UntilAsync(one => one.GenericXdsConfigs.Count == 1);

        client.GenericXdsConfigs.Single().XdsConfig.ShouldBeNull();
        client.GenericXdsConfigs.Single().VersionInfo.ShouldBe("1.3");
        var text = client.ToString();
        text.ShouldNotContain("hunter2");
        text.ShouldNotContain(secret.Hash.ToString());
    }

    [Fact]
    public async Task Only_what_was_subscribed_to_is_listed()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Endpoints("a"), Make.Endpoints("b")));
        using var call = Open("one");
        await call.SubscribeAsync(XdsType.ClusterLoadAssignment, "b", "absent");
        await call.AckAsync(await call.GetAsync(XdsType.ClusterLoadAssignment));

        var client = await UntilAsync(one => one.GenericXdsConfigs.Count == 1);

        client.GenericXdsConfigs.Single().Name.ShouldBe("b");
        client.Node.Id.ShouldBe("one");
        client.Node.Metadata.Fields["role"].StringValue.ShouldBe("ns~p");
    }

    [Fact]
    public async Task One_node_all_nodes_or_those_of_a_role_in_a_stream_of_requests()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a")));
        _server.Cell("ns~q").Publish(Make.Snapshot(1, Make.Cluster("a")));
        using var one = Open("one");
        using var two = Open("two", "ns~q");
        foreach (var call in new[] { one, two })
        {
            await call.SubscribeAsync(XdsType.Cluster);
            await call.AckAsync(await call.GetAsync(XdsType.Cluster));
        }

        using var status = _client.StreamClientStatus(cancellationToken: TestContext.Current.CancellationToken);
        (await AskAsync()).ShouldBe("one two");
        (await AskAsync(Id(new StringMatcher { Exact = "two" }))).ShouldBe("two");
        (await AskAsync(Id(new StringMatcher { Prefix = "O", IgnoreCase = true }))).ShouldBe("one");
        (await AskAsync(Id(new StringMatcher { SafeRegex = new RegexMatcher { Regex = "o.e|t" } }))).ShouldBe("one");
        (await AskAsync(Id(new StringMatcher { Suffix = "o" }), Id(new StringMatcher { Contains = "n" })))
            .ShouldBe("one two");
        (await AskAsync(Role("ns~q"))).ShouldBe("two");
        (await AskAsync(Id(new StringMatcher { Exact = "nobody" }))).ShouldBe("");

        async Task<string> AskAsync(params NodeMatcher[] matchers)
        {
            await status.RequestStream.WriteAsync(
                new ClientStatusRequest { NodeMatchers = { matchers } }, TestContext.Current.CancellationToken);
            (await status.ResponseStream.MoveNext(TestContext.Current.CancellationToken)).ShouldBeTrue();
            return string.Join(' ', status.ResponseStream.Current.Config.Select(client => client.Node.Id).Order());
        }
    }

    [Fact]
    public async Task The_streams_of_a_client_are_one_entry()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a"), Make.Listener("l")));
        using var clusters = new DeltaCall(
            TypeService.Of(XdsType.Cluster, _server.Connect()).Delta(), AdsCall.NodeOf("one"));
        using var listeners = new DeltaCall(
            TypeService.Of(XdsType.Listener, _server.Connect()).Delta(), AdsCall.NodeOf("one"));
        await clusters.SubscribeAsync(XdsType.Cluster);
        await clusters.AckAsync(await clusters.GetAsync(XdsType.Cluster));
        await listeners.SubscribeAsync(XdsType.Listener);
        await listeners.AckAsync(await listeners.GetAsync(XdsType.Listener));

        await UntilAsync(client => client.GenericXdsConfigs.Count == 2);
    }

    [Fact]
    public async Task More_than_an_answer_may_hold_is_refused_with_a_way_out()
    {
        _server.Cell().Publish(Make.Snapshot(1, [.. Enumerable.Range(0, 6).Select(i => Make.Cluster($"c{i}"))]));
        using var call = Open("one");
        await call.SubscribeAsync(XdsType.Cluster);
        await call.AckAsync(await call.GetAsync(XdsType.Cluster));

        var refusal = await Should.ThrowAsync<RpcException>(async () => await FetchAsync());

        refusal.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        refusal.Status.Detail.ShouldContain("SD4016");
        (await FetchAsync(Id(new StringMatcher { Exact = "nobody" }))).Config.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_matcher_that_cannot_be_understood_is_named()
    {
        NodeMatcher[] matchers =
        [
            Id(new StringMatcher()), Id(new StringMatcher { SafeRegex = new RegexMatcher { Regex = "(" } }),
            new NodeMatcher
            {
                NodeMetadatas =
                {
                    new StructMatcher { Path = { new StructMatcher.Types.PathSegment { Key = "zone" } } },
                },
            },
        ];
        foreach (var matcher in matchers)
        {
            var refusal = await Should.ThrowAsync<RpcException>(async () => await FetchAsync(matcher));
            refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
            refusal.Status.Detail.ShouldStartWith("SD4006: ");
        }
    }

    private DeltaCall Open(string id, string role = "ns~p") => new(_server.Client(), AdsCall.NodeOf(id, role));

    private async Task<ClientConfig> UntilAsync(Predicate<ClientConfig> wanted)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var response = await FetchAsync();
            if (response.Config is [{ } client] && wanted(client)) return client;
            await Task.Delay(10, deadline.Token);
        }
    }

    private async Task<ClientStatusResponse> FetchAsync(params NodeMatcher[] matchers) =>
        await _client.FetchClientStatusAsync(
            new ClientStatusRequest { NodeMatchers = { matchers } },
            cancellationToken: TestContext.Current.CancellationToken);

    private static NodeMatcher Id(StringMatcher matcher) => new() { NodeId = matcher };

    private static NodeMatcher Role(string role) => new()
    {
        NodeMetadatas =
        {
            new StructMatcher
            {
                Path = { new StructMatcher.Types.PathSegment { Key = "role" } },
                Value = new ValueMatcher { StringMatch = new StringMatcher { Exact = role } },
            },
        },
    };
}
