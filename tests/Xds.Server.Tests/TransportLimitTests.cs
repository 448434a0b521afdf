using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Shouldly;
using Stagedoor.Xds.Server.Tests.Support;
using Stagedoor.Xds.Tests.Support;
using Xunit;

namespace Stagedoor.Xds.Server.Tests;

/// <summary>Limits of connections and of what comes over them.</summary>
public sealed class TransportLimitTests
{
    private const byte PingFrame = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_connection_whose_other_end_does_not_answer_pings_is_closed()
    {
        await using var server = await TestServer.StartAsync(options =>
        {
            options.KeepAlivePingDelay = TimeSpan.FromSeconds(1);
            options.KeepAlivePingTimeout = TimeSpan.FromSeconds(1);
        });
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.Current.CancellationToken);
        var stream = tcp.GetStream();
        // The preface and empty settings, and then nothing.
        byte[] hello = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0];
        await stream.WriteAsync(hello, TestContext.Current.CancellationToken);
        using var deadline = new CancellationTokenSource(Patience);
        var pings = 0;
        var head = new byte[9];
        while (await stream.ReadAtLeastAsync(head, 9, throwOnEndOfStream: false, deadline.Token) == 9)
        {
            if (head[3] == PingFrame) pings++;
            await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], deadline.Token);
        }

        pings.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Headers_over_the_limit_are_refused_and_others_do_not_notice()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxHeaderBytes = 8192);
        server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a")));
        using var good = new DeltaCall(server.Client(), AdsCall.NodeOf());
        await good.SubscribeAsync(XdsType.Cluster);
        await good.GetAsync(XdsType.Cluster);
        var metadata = new Metadata();
        for (var i = 0; i < 20; i++) metadata.Add($"x-flood-{i}", new string('x', 1000));
        using var flood = new DeltaCall(
            server.Client().DeltaAggregatedResources(
                metadata, cancellationToken: TestContext.Current.CancellationToken),
            AdsCall.NodeOf());

        await Should.ThrowAsync<RpcException>(async () =>
        {
            await flood.SubscribeAsync(XdsType.Cluster);
            await flood.GetAsync(XdsType.Cluster);
        });

        server.Cell().Publish(Make.Snapshot(2, Make.Cluster("a", "v2")));
        (await good.GetAsync(XdsType.Cluster)).Resources.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Connections_over_the_limit_are_closed()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxConnections = 1);
        server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a")));
        using var first = new DeltaCall(server.Client(), AdsCall.NodeOf());
        await first.SubscribeAsync(XdsType.Cluster);
        await first.GetAsync(XdsType.Cluster);
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.Current.CancellationToken);
        using var deadline = new CancellationTokenSource(Patience);

        var read = 0;
        try
        {
            read = await tcp.GetStream().ReadAsync(new byte[1], deadline.Token);
        }
        catch (IOException)
        {
            // Reset rather than closed.
        }

        read.ShouldBe(0);
    }

    [Fact]
    public async Task A_message_that_is_none_ends_its_stream_with_the_reason()
    {
        await using var server = await TestServer.StartAsync();
        using var client = server.Http(server.Port);

        var answer = await RawGrpc.CallAsync(
            client, "/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources",
            new Google.Protobuf.WellKnownTypes.BytesValue
            {
                Value = Google.Protobuf.ByteString.CopyFrom(0xff, 0xff, 0xff, 0xff),
            },
            Patience, TestContext.Current.CancellationToken);

        // A field of version_info that is no UTF-8.
        answer.Status.ShouldBe((int)StatusCode.InvalidArgument);
        answer.Text.ShouldContain("SD4006");
    }

    [Fact]
    public async Task Who_is_closed_is_named_in_its_last_report()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxStreamsPerNode = 1);
        using var first = new AdsCall(server.Client(), AdsCall.NodeOf("twice"));
        await first.AskAsync(XdsType.Cluster);
        await server.Reporter.WaitFor(report => report.IsConnected);
        using var second = new AdsCall(server.Client(), AdsCall.NodeOf("twice"));
        await second.AskAsync(XdsType.Cluster);

        var last = await server.Reporter.WaitFor(report => !report.IsConnected);

        last.End.ShouldStartWith("SD4008: ");
        server.Log.WaitFor("SD4008").ShouldContain("twice");
    }
}
