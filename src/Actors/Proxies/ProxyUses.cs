using System.Collections.Immutable;
using Akka.Actor;
using Stagedoor.Actors.Protocol;
using Stagedoor.Api;

namespace Stagedoor.Actors.Proxies;

/// <summary>
/// Tells Upstreams' owners that a proxy uses them, or no longer does; repeated, because messages get lost.
/// </summary>
internal sealed class ProxyUses(string proxy, Func<IActorRef> upstreams)
{
    private ImmutableSortedSet<ResourceKey> _used = [];

    /// <summary>A translation used these.</summary>
    public void Use(ImmutableSortedSet<ResourceKey> used)
    {
        if (ReferenceEquals(used, _used)) return;
        foreach (var upstream in used.Except(_used)) Tell(upstream, used: true);
        foreach (var upstream in _used.Except(used)) Tell(upstream, used: false);
        _used = used;
    }

    /// <summary>Says it again.</summary>
    public void Repeat()
    {
        foreach (var upstream in _used) Tell(upstream, used: true);
    }

    private void Tell(ResourceKey upstream, bool used) => upstreams().Tell(new UpstreamUse
    {
        Namespace = upstream.Namespace,
        Name = upstream.Name,
        Proxy = proxy,
        Used = used,
    });
}
