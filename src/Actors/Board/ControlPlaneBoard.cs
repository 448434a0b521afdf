using System.Collections.Concurrent;
using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Actors.Board;

/// <summary>
/// Where the owners of this node show what they know: replaced whole per entity, read by anybody without asking them.
/// Thread-safe.
/// </summary>
internal sealed class ControlPlaneBoard : IControlPlane
{
    private readonly ConcurrentDictionary<ProxyId, ProxyInfo> _proxies = new();
    private readonly ConcurrentDictionary<ResourceKey, UpstreamInfo> _upstreams = new();
    private readonly ConcurrentDictionary<string, NodeInfo> _nodes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Code, string About), string> _troubles = new();
    private readonly ConcurrentDictionary<string, long> _deadLetters = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = NewSignal();
    private long _revision;
    private volatile bool _ready;

    /// <inheritdoc/>
    public ImmutableArray<ProxyInfo> Proxies =>
        [.. _proxies.Values.OrderBy(info => info.Proxy.ToString(), StringComparer.Ordinal)];

    /// <inheritdoc/>
    public ImmutableArray<UpstreamInfo> Upstreams => [.. _upstreams.Values.OrderBy(info => info.Upstream)];

    /// <inheritdoc/>
    public ImmutableArray<NodeInfo> Nodes => [.. _nodes.Values.OrderBy(info => info.NodeId, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public ImmutableArray<ResourceReport> Reports => ReportMerge.Merge(
        _proxies.Values.SelectMany(info => info.Reports)
            .Concat(_upstreams.Values.Select(info => new ResourceReport(info.Upstream, info.Diagnostics))));

    /// <inheritdoc/>
    public long Revision => Interlocked.Read(ref _revision);

    /// <inheritdoc/>
    public bool IsReady => _ready;

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Diagnostics =>
    [
        .. _troubles.OrderBy(trouble => trouble.Key).Select(trouble => new Diagnostic(
            trouble.Key.Code,
            trouble.Key.Code == ActorCodes.JournalUnwritable ? Severity.Warning : Severity.Error,
            $"{trouble.Key.About}: {trouble.Value}")),
    ];

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, long> DeadLetters =>
        _deadLetters.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task WhenChanged(long seen)
    {
        lock (_gate) return _revision == seen ? _changed.Task : Task.CompletedTask;
    }

    public void Show(ProxyInfo info)
    {
        _proxies[info.Proxy] = info;
        Changed();
    }

    public void Show(UpstreamInfo info)
    {
        _upstreams[info.Upstream] = info;
        Changed();
    }

    public void Show(NodeInfo info)
    {
        _nodes[info.NodeId] = info;
        Changed();
    }

    public void Remove(ProxyId proxy)
    {
        if (_proxies.TryRemove(proxy, out _)) Changed();
    }

    public void Remove(ResourceKey upstream)
    {
        if (_upstreams.TryRemove(upstream, out _)) Changed();
    }

    public void Remove(string node)
    {
        if (_nodes.TryRemove(node, out _)) Changed();
    }

    public void Ready()
    {
        _ready = true;
        Changed();
    }

    /// <summary>Something is wrong with this entity until <see cref="ClearTrouble"/>.</summary>
    public void Trouble(string code, string about, string text)
    {
        _troubles[(code, about)] = text;
        Changed();
    }

    public void ClearTrouble(string code, string about)
    {
        if (_troubles.TryRemove((code, about), out _)) Changed();
    }

    public void DeadLetter(string type) => _deadLetters.AddOrUpdate(type, 1, static (_, count) => count + 1);

    private void Changed()
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            _revision++;
            signal = _changed;
            _changed = NewSignal();
        }

        signal.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
