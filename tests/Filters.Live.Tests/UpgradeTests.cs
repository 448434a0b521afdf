using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class UpgradeTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_websocket_passes(string version)
    {
        var client = await fleet.ClientAsync(version, "upgrades");
        var cancel = TestContext.Current.CancellationToken;
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{client.Port}/websocket"), cancel);

        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, true, cancel);
        var buffer = new byte[100];
        var answer = await socket.ReceiveAsync(buffer.AsMemory(), cancel);

        Encoding.UTF8.GetString(buffer, 0, answer.Count).ShouldBe("hello");
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Connect_ends_at_the_proxy_and_its_payload_goes_on(string version)
    {
        var client = await fleet.ClientAsync(version, "connect");
        var cancel = TestContext.Current.CancellationToken;
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", client.Port, cancel);
        await using var stream = socket.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);

        await stream.WriteAsync(
            "CONNECT a.example.com:80 HTTP/1.1\r\nhost: a.example.com:80\r\n\r\n"u8.ToArray(), cancel);
        (await reader.ReadLineAsync(cancel)).ShouldNotBeNull().ShouldContain(" 200 ");
        while (await reader.ReadLineAsync(cancel) is { Length: > 0 })
        {
        }

        await stream.WriteAsync("GET /inside HTTP/1.1\r\nhost: b\r\nconnection: close\r\n\r\n"u8.ToArray(), cancel);
        (await reader.ReadToEndAsync(cancel)).ShouldContain("\"path\":\"/inside\"");
    }
}
