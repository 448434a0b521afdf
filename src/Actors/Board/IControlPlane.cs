using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Actors;

/// <summary>
/// What the actors know, for the admin API, the commands and the status writer. Every answer is a consistent copy per
/// entity; none waits for the journal or for an Envoy.
/// </summary>
public interface IControlPlane
{
    /// <summary>The proxies that have an owner on this server, ordered by id.</summary>
    ImmutableArray<ProxyInfo> Proxies { get; }

    /// <summary>The Upstreams that have an owner on this server, ordered by key.</summary>
    ImmutableArray<UpstreamInfo> Upstreams { get; }

    /// <summary>The Envoys that have an owner on this server, ordered by id.</summary>
    ImmutableArray<NodeInfo> Nodes { get; }

    /// <summary>
    /// One report per input resource, merged over all proxies and upstreams that looked at it: every distinct
    /// diagnostic, worst first. Ordered by key.
    /// </summary>
    ImmutableArray<ResourceReport> Reports { get; }

    /// <summary>
    /// Counts changes of any of the above: an observer that remembers it knows when to look again. See
    /// <see cref="WhenChanged"/>.
    /// </summary>
    long Revision { get; }

    /// <summary>A task that ends when <see cref="Revision"/> is no longer <paramref name="seen"/>.</summary>
    Task WhenChanged(long seen);

    /// <summary>
    /// Whether the actors are ready to serve: the cluster is joined and the shard regions run. Never waits for sources.
    /// </summary>
    bool IsReady { get; }

    /// <summary>What is wrong with the actors themselves: an unreachable or unreadable journal and the like.</summary>
    ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Messages that nobody received, by type, since the start: should not grow.</summary>
    ImmutableSortedDictionary<string, long> DeadLetters { get; }
}
