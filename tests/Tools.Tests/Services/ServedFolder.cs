using System.Net;
using Microsoft.Extensions.Logging;
using Shouldly;
using Stagedoor.Host.Serving;
using Xunit;

namespace Stagedoor.Tools.Tests.Services;

/// <summary>A server on a small folder in the test's process.</summary>
internal sealed class ServedFolder : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private ServedFolder(TemporaryFolder folder, StagedoorServer server) => (_folder, Server) = (folder, server);

    internal StagedoorServer Server { get; }

    internal static async Task<ServedFolder> StartAsync(string text)
    {
        var folder = new TemporaryFolder();
        folder.Write("config/inputs.yaml", text);
        var server = await StagedoorServer.StartAsync(
            new ServeOptions
            {
                Config = folder.At("config"),
                Data = folder.At("data"),
                KeyRing = folder.At("data/keys"),
                XdsAddress = IPAddress.Loopback,
                XdsPort = 0,
                AdminPort = 0,
                RestPort = 0,
                ValidationPort = 0,
                ProxyDebugPort = 0,
                LogLevel = LogLevel.Error,
            },
            new StartupClock(), TestContext.Current.CancellationToken);
        (await server.WaitForFirstSnapshotsAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken))
            .ShouldBeTrue();
        return new ServedFolder(folder, server);
    }

    internal void Write(string name, string text) => _folder.Write($"config/{name}", text);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
