using System.Net.Sockets;
using System.Text;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class ConnectionLimitTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task One_connection_too_many_is_closed(string version)
    {
        var client = await fleet.ClientAsync(version, "connection-limit");
        var cancel = TestContext.Current.CancellationToken;
        using var first = new TcpClient();
        await first.ConnectAsync("127.0.0.1", client.Port, cancel);
        var request = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
        await first.GetStream().WriteAsync(request, cancel);
        (await first.GetStream().ReadAsync(new byte[1], cancel)).ShouldBe(1);

        using var second = new TcpClient();
        await second.ConnectAsync("127.0.0.1", client.Port, cancel);
        var read = 1;
        try
        {
            await second.GetStream().WriteAsync(request, cancel);
            read = await second.GetStream().ReadAsync(new byte[1], cancel);
        }
        catch (IOException)
        {
            read = 0;
        }

        read.ShouldBe(0);
    }
}
