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
}
