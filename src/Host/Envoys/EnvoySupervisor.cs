using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Host.Envoys;

/// <summary>What is known of one supervised Envoy.</summary>
/// <param name="Proxy">Whose configuration it serves.</param>
/// <param name="Pid">Process id; null while none runs.</param>
/// <param name="Admin">Address of its admin, once it listens.</param>
/// <param name="Log">Its log file.</param>
internal sealed record SupervisedEnvoy(ProxyId Proxy, int? Pid, string? Admin, string Log);

/// <summary>Runs one <see cref="EnvoyKeeper"/> for each Proxy that there is.</summary>
internal sealed class EnvoySupervisor(EnvoyKeeperOptions options, ILoggerFactory loggers) : IAsyncDisposable
{
    /// <summary>An end to this mistake: more Envoys than this are not started on one machine.</summary>
    public const int MaxEnvoys = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<ProxyId, Kept> _kept = [];
    private bool _stopped;

    /// <summary>All of them, in the order of their Proxies.</summary>
    public ImmutableArray<SupervisedEnvoy> Envoys
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _kept.OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal).Select(entry =>
                        new SupervisedEnvoy(
                            entry.Key, entry.Value.Keeper.Pid, entry.Value.Keeper.AdminAddress,
                                entry.Value.Keeper.Log)),
                ];
            }
        }
    }

    /// <summary>
    /// Starts what is new. What is not in the set any more is drained and ended, if <paramref name="isComplete"/>; else
    /// it may only be unknown yet, and stays (rule I2).
    /// </summary>
    public void Keep(IReadOnlySet<ProxyId> proxies, bool isComplete)
    {
        ArgumentNullException.ThrowIfNull(proxies);
        lock (_gate)
        {
            if (_stopped) return;
            foreach (var proxy in proxies)
            {
                // One that is just being ended is started again by the next call.
                if (_kept.ContainsKey(proxy) || _kept.Count >= MaxEnvoys) continue;
                _kept[proxy] = new Kept(new EnvoyKeeper(options, proxy, loggers));
                _ = ForgetWhenDoneAsync(proxy, _kept[proxy]);
            }

            if (!isComplete) return;
            foreach (var (proxy, kept) in _kept)
            {
                if (!proxies.Contains(proxy)) kept.Stop(end: true);
            }
        }
    }

    /// <summary>Stops: ends all Envoys after draining them, or leaves them running.</summary>
    public Task StopAsync(bool end)
    {
        Task[] running;
        lock (_gate)
        {
            _stopped = true;
            foreach (var kept in _kept.Values) kept.Stop(end);
            running = [.. _kept.Values.Select(kept => kept.Running)];
        }

        return Task.WhenAll(running);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(end: false).ConfigureAwait(false);

    private async Task ForgetWhenDoneAsync(ProxyId proxy, Kept kept)
    {
        await kept.Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate) _kept.Remove(proxy);
        kept.Dispose();
    }

    private sealed class Kept : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private volatile bool _end;

        public Kept(EnvoyKeeper keeper)
        {
            Keeper = keeper;
            Running = Task.Run(() => keeper.RunAsync(() => _end, _stop.Token));
        }

        public EnvoyKeeper Keeper { get; }

        public Task Running { get; }

        public void Stop(bool end)
        {
            if (_stop.IsCancellationRequested) return;
            _end = end;
            _stop.Cancel();
        }

        public void Dispose()
        {
            Keeper.Dispose();
            _stop.Dispose();
        }
    }
}
