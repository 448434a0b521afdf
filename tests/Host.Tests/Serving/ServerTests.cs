using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Shouldly;
using Stagedoor.Host.Commands;
using Stagedoor.Host.Serving;
using Xunit;

namespace Stagedoor.Host.Tests.Serving;

/// <summary>The whole server on a small folder, in the test's process.</summary>
public sealed class ServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_folder_is_served_and_described()
    {
        _folder.Write("config/petstore.yaml", SmallFolder.Petstore);
        await using var server = await StartAsync();

        (await server.WaitForFirstSnapshotsAsync(TimeSpan.FromSeconds(60), Stop)).ShouldBeTrue();

        (await TextAsync(server, "/healthz")).ShouldBe("ok\n");
        (await TextAsync(server, "/readyz")).ShouldBe("ready\n");
        (await TextAsync(server, "/metrics")).ShouldContain("process_cpu_seconds_total");
        var proxy = (await JsonAsync(server, "/api/v1/proxies")).EnumerateArray().ShouldHaveSingleItem();
        proxy.GetProperty("proxy").GetString().ShouldBe("gloo-system~gateway-proxy");
        proxy.GetProperty("listeners").GetInt32().ShouldBe(1);
        var service = (await JsonAsync(server, "/api/v1/virtualservices")).EnumerateArray().ShouldHaveSingleItem();
        service.GetProperty("state").GetString().ShouldBe("Accepted");
        var upstream = (await JsonAsync(server, "/api/v1/upstreams")).EnumerateArray().ShouldHaveSingleItem();
        upstream.GetProperty("name").GetString().ShouldBe("pets");
        var statuses = (await JsonAsync(server, "/api/v1/statuses")).EnumerateArray().ToArray();
        statuses.Select(status => status.GetProperty("kind").GetString()).Order()
            .ShouldBe(["Gateway", "Proxy", "Upstream", "VirtualService"]);
        var startup = await JsonAsync(server, "/api/v1/startup");
        startup.TryGetProperty("snapshot", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task The_second_server_on_the_same_data_names_the_first()
    {
        _folder.Write("config/petstore.yaml", SmallFolder.Petstore);
        await using var server = await StartAsync();

        var failure = await Should.ThrowAsync<CommandException>(StartAsync);

        failure.Diagnostic.Code.ShouldBe(HostCodes.DataInUse);
        failure.Message.ShouldContain($"process {Environment.ProcessId}");
    }

    [Fact]
    public async Task A_missing_folder_is_served_from_the_journal()
    {
        _folder.Write("config/petstore.yaml", SmallFolder.Petstore);
        await using (var first = await StartAsync())
            (await first.WaitForFirstSnapshotsAsync(TimeSpan.FromSeconds(60), Stop)).ShouldBeTrue();
        Directory.Move(_folder.At("config"), _folder.At("away"));

        await using var server = await StartAsync();
        var seen = -1L;
        while (!server.ControlPlane.Proxies.Any(proxy => proxy.Snapshot is not null))
        {
            await server.ControlPlane.WhenChanged(seen).WaitAsync(TimeSpan.FromSeconds(60), Stop);
            seen = server.ControlPlane.Revision;
        }

        (await TextAsync(server, "/readyz")).ShouldBe("ready\n");
        var proxy = (await JsonAsync(server, "/api/v1/proxies")).EnumerateArray().ShouldHaveSingleItem();
        proxy.GetProperty("listeners").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task The_admin_API_is_not_had_through_the_port_of_xDS()
    {
        _folder.Write("config/petstore.yaml", SmallFolder.Petstore);
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{server.Xds}/api/v1/proxies")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await _client.SendAsync(request, Stop);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private Task<StagedoorServer> StartAsync() => StagedoorServer.StartAsync(
        new ServeOptions
        {
            Config = _folder.At("config"),
            Data = _folder.At("data"),
            KeyRing = _folder.At("data/keys"),
            XdsAddress = IPAddress.Loopback,
            XdsPort = 0,
            AdminPort = 0,
            RestPort = 0,
            ValidationPort = 0,
            ProxyDebugPort = 0,
            LogLevel = LogLevel.Error,
        },
        new StartupClock(), Stop);

    private Task<string> TextAsync(StagedoorServer server, string path) =>
        _client.GetStringAsync(new Uri($"http://{server.Admin}{path}"), Stop);

    private async Task<JsonElement> JsonAsync(StagedoorServer server, string path)
    {
        using var document = JsonDocument.Parse(await TextAsync(server, path));
        return document.RootElement.Clone();
    }
}
