using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stagedoor.Api;
using Stagedoor.Xds;
using Xunit;

namespace Stagedoor.Actors.Tests;

/// <summary>The actors in a host of their own, as the server composes them, with a toy translation.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly IHost _host;

    private TestServer(IHost host, Catalog catalog)
    {
        _host = host;
        Catalog = catalog;
        Directory = host.Services.GetRequiredService<ISnapshotDirectory>();
        Control = host.Services.GetRequiredService<IControlPlane>();
        Reporter = host.Services.GetRequiredService<INodeReporter>();
    }

    public Catalog Catalog { get; }

    public ISnapshotDirectory Directory { get; }

    public IControlPlane Control { get; }

    public INodeReporter Reporter { get; }

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public static async Task<TestServer> StartAsync(
        string data, Func<StagedoorActorsOptions, StagedoorActorsOptions>? configure = null)
    {
        var catalog = new Catalog();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole());
        var options = new StagedoorActorsOptions
        {
            Catalog = catalog,
            Translation = ToyTranslation.Functions,
            DataDirectory = data,
            Hocon = "akka.loglevel = WARNING",
            Timings = new ActorTimings { NodeReportGather = TimeSpan.FromMilliseconds(5) },
        };
        builder.Services.AddStagedoorActors(_ => configure is null ? options : configure(options));
        var host = builder.Build();
        await host.StartAsync();
        return new TestServer(host, catalog);
    }

    /// <summary>Makes these the proxies' contents: proxy to (type, name, content).</summary>
    public void Put(params ToyResource[] resources) => Catalog.Update(view => ToyTranslation.Step(view, resources, []));

    /// <summary>Removes toy resources.</summary>
    public void Delete(params ToyResource[] resources) =>
        Catalog.Update(view => ToyTranslation.Step(view, [], [.. resources.Select(resource => resource.Key)]));

    /// <summary>Waits for a snapshot that satisfies a condition.</summary>
    public static async Task<Snapshot> Until(SnapshotCell cell, Func<Snapshot, bool> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (true)
        {
            var seen = cell.Current;
            if (seen is not null && condition(seen)) return seen;
            await cell.WhenChanged(seen).WaitAsync(deadline - DateTime.UtcNow, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits for the control plane to show something.</summary>
    public async Task<T> Until<T>(Func<IControlPlane, T?> look)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (true)
        {
            var revision = Control.Revision;
            if (look(Control) is { } found) return found;
            await Control.WhenChanged(revision)
                .WaitAsync(deadline - DateTime.UtcNow, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Ends without a word to anybody: no hand-over, no last write.</summary>
    public async Task KillAsync()
    {
        await ((ActorSystem)System).Terminate();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
