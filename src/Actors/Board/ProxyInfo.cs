using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Translation.KubeGateway;
using Stagedoor.Xds;

namespace Stagedoor.Actors;

/// <summary>One proxy as its owner sees it.</summary>
/// <param name="Proxy">Which proxy.</param>
public sealed record ProxyInfo(ProxyId Proxy)
{
    /// <summary>What is served; null while nothing is.</summary>
    public Snapshot? Snapshot { get; init; }

    /// <summary>The generation that is served; <see cref="Generation.None"/> while nothing is.</summary>
    public Generation Generation => Snapshot?.Generation ?? Generation.None;

    /// <summary>
    /// Whether everything served but endpoints is in the journal. False during an outage of the database: a crash would
    /// then bring back the last generation that is.
    /// </summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>Whether it is served from the journal, because the sources have not answered yet.</summary>
    public bool IsFromJournal { get; init; }

    /// <summary>The view that the newest translation was computed from; 0 before the first.</summary>
    public long ViewVersion { get; init; }

    /// <summary>When the generation was committed.</summary>
    public DateTimeOffset Committed { get; init; }

    /// <summary>The Gloo Proxy object; null if no Gateway feeds the proxy, or before the first translation.</summary>
    public Solo.Gloo.Proxy? GlooProxy { get; init; }

    /// <summary>The Gateway API Gateway it came from, if any.</summary>
    public ResourceKey? Gateway { get; init; }

    /// <summary>What is said in the Gateway API's terms; null for Proxies of the classic API.</summary>
    public KubeStatus? Kube { get; init; }

    /// <summary>What its translation, and its Envoys, have to say about its inputs.</summary>
    public ImmutableArray<ResourceReport> Reports { get; init; } = [];

    /// <summary>Which inputs made a resource.</summary>
    public ImmutableDictionary<(XdsType Type, string Name), ImmutableArray<ResourceKey>> Provenance { get; init; } =
        ImmutableDictionary<(XdsType Type, string Name), ImmutableArray<ResourceKey>>.Empty;

    /// <summary>The last commits of this incarnation, newest first; bounded.</summary>
    public ImmutableArray<CommitInfo> History { get; init; } = [];

    /// <summary>Servers that replicate it now.</summary>
    public int Replicas { get; init; }

    /// <summary>The number of resources served of a type.</summary>
    public int Count(XdsType type) => Snapshot?.OfType(type).Count ?? 0;
}

/// <summary>One commit, told in numbers.</summary>
/// <param name="Generation">Its generation.</param>
/// <param name="At">When it was offered.</param>
/// <param name="Changed">Resources added or changed.</param>
/// <param name="Removed">Resources removed.</param>
/// <param name="Names">The first few of them, <c>Type name</c>.</param>
public sealed record CommitInfo(
    Generation Generation, DateTimeOffset At, int Changed, int Removed, ImmutableArray<string> Names);
