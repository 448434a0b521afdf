using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Explain;

/// <summary>Where an input object ended up, and why it is not elsewhere.</summary>
/// <param name="Resource">The object.</param>
public sealed record Explanation(ResourceKey Resource)
{
    /// <summary>Where it was read; null if it is not among the inputs.</summary>
    public SourceLocation? Source { get; init; }

    /// <summary>Where it takes effect, ordered by Proxy, Gateway, listener and virtual host.</summary>
    public ImmutableArray<Place> Places { get; init; } = [];

    /// <summary>Where it does not take effect and why, the one that it came furthest at first.</summary>
    public ImmutableArray<MissedGate> Missed { get; init; } = [];

    /// <summary>All that is said of it.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>The gate that it failed first on the way on which it came furthest; null if it takes effect.</summary>
    public MissedGate? FirstGate => Places.IsEmpty ? Missed.FirstOrDefault() : null;
}

/// <summary>A place in Envoy's configuration where an input object takes effect.</summary>
/// <param name="Proxy">The Proxy.</param>
public sealed record Place(ProxyId Proxy)
{
    /// <summary>The Gateway that leads there; null in a stored Proxy.</summary>
    public ResourceKey? Gateway { get; init; }

    /// <summary>Envoy's listener; empty if the object is used beside the listeners.</summary>
    public string Listener { get; init; } = "";

    /// <summary>Envoy's route configuration; empty if there is none.</summary>
    public string RouteConfiguration { get; init; } = "";

    /// <summary>Envoy's virtual hosts.</summary>
    public ImmutableArray<string> VirtualHosts { get; init; } = [];

    /// <summary>Domains of the one virtual host; empty where several are named.</summary>
    public ImmutableArray<string> Domains { get; init; } = [];

    /// <summary>Envoy's routes that the object made or is used by.</summary>
    public ImmutableArray<string> Routes { get; init; } = [];

    /// <summary>Envoy's clusters that these routes lead to.</summary>
    public ImmutableArray<string> Clusters { get; init; } = [];

    /// <summary>Input objects and fields that refer to the object, in words.</summary>
    public ImmutableArray<string> By { get; init; } = [];
}

/// <summary>A gate at which an object was turned away.</summary>
/// <param name="Gate">Which one.</param>
/// <param name="Reason">What turned it away, in one sentence.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record MissedGate(Gate Gate, string Reason, string Hint)
{
    /// <summary>The object whose gate it is, for example the Gateway; null for gates of the whole server.</summary>
    public ResourceKey? At { get; init; }

    /// <summary>The Proxy on the way to which it was turned away; null before Proxies are told apart.</summary>
    public ProxyId? Proxy { get; init; }
}
