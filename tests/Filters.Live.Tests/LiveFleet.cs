using System.Collections.Concurrent;
using Stagedoor.Filters.Live.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(LiveFleet))]

namespace Stagedoor.Filters.Live.Tests;

/// <summary>One <see cref="LiveProxy"/> for each version of Envoy, started by the first test that needs it.</summary>
public sealed class LiveFleet : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<LiveProxy>>> _proxies = new();

    internal Task<LiveProxy> OfAsync(string version) =>
        _proxies.GetOrAdd(version, v => new Lazy<Task<LiveProxy>>(() => LiveProxy.StartAsync(v))).Value;

    internal async Task<LiveClient> ClientAsync(string version, string port) =>
        (await OfAsync(version)).Client(port);

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies.Values)
            if (proxy.Value.IsCompletedSuccessfully)
                await (await proxy.Value).DisposeAsync();
    }
}
