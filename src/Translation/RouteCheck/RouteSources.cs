using System.Collections.Immutable;
using System.Globalization;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway;
using Stagedoor.Xds;

namespace Stagedoor.Translation.RouteCheck;

/// <summary>The input objects behind what a request meets.</summary>
public static class RouteSources
{
    private const string Stem = "-route-";

    /// <summary>The objects that made the virtual host; the Proxy itself if nothing more is known.</summary>
    public static ImmutableArray<ResourceKey> OfVirtualHost(ProxyTranslation translation, string name)
    {
        ArgumentNullException.ThrowIfNull(translation);
        return Keys(Host(translation, name)?.MetadataStatic);
    }

    /// <summary>The objects that made the route, innermost first.</summary>
    public static ImmutableArray<ResourceKey> OfRoute(ProxyTranslation translation, string host, string route)
    {
        ArgumentNullException.ThrowIfNull(translation);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(route);
        var start = host.Length + Stem.Length;
        if (!route.StartsWith(host + Stem, StringComparison.Ordinal)) return [];
        var end = route.IndexOf('-', start);
        if (end < 0 || !int.TryParse(route.AsSpan(start, end - start), CultureInfo.InvariantCulture, out var index))
            return [];
        return Keys(Host(translation, host)?.Routes.ElementAtOrDefault(index)?.MetadataStatic);
    }

    /// <summary>The objects that made the listener or the cluster.</summary>
    public static ImmutableArray<ResourceKey> Of(ProxyTranslation translation, XdsType type, string name)
    {
        ArgumentNullException.ThrowIfNull(translation);
        return translation.Provenance.GetValueOrDefault((type, name), []);
    }

    private static GlooV1.VirtualHost? Host(ProxyTranslation translation, string name)
    {
        var listeners = translation.GlooProxy?.Listeners ?? [];
        return listeners.SelectMany(listener => listener.HttpListener?.VirtualHosts ?? [])
            .Concat(listeners.SelectMany(listener => listener.HybridListener?.MatchedListeners ?? [])
                .SelectMany(matched => matched.HttpListener?.VirtualHosts ?? []))
            .Concat(listeners.SelectMany(
                listener => listener.AggregateListener?.HttpResources?.VirtualHosts.Values ?? []))
            .FirstOrDefault(host => host.Name.Replace('.', '_') == name);
    }

    private static ImmutableArray<ResourceKey> Keys(GlooV1.SourceMetadata? metadata) =>
        [.. (metadata?.Sources ?? []).Select(SourceRefs.Key).OfType<ResourceKey>()];
}
