using System.Collections.Immutable;
using Stagedoor.Api;
using Edge = Solo.Gateway;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// The TLS configurations of a listener, those alike but for their SNI joined (envoy-translation 2.3).
/// </summary>
internal static class SslConfigs
{
    /// <summary>Joins; if one of two has no SNI, their join matches everything.</summary>
    public static List<GlooV1.SslConfig> Consolidate(IReadOnlyList<GlooV1.SslConfig> configs)
    {
        if (configs.Count < 2) return [.. configs];
        var joined = new Dictionary<GlooV1.SslConfig, GlooV1.SslConfig>();
        var order = new List<GlooV1.SslConfig>();
        foreach (var config in configs)
        {
            var key = WithoutSni(config);
            if (!joined.TryGetValue(key, out var other))
            {
                joined[key] = config;
                order.Add(key);
                continue;
            }

            var both = WithoutSni(config);
            if (config.SniDomains.Count > 0 && other.SniDomains.Count > 0)
                both.SniDomains.AddRange(other.SniDomains.Union(config.SniDomains));
            joined[key] = both;
        }

        return [.. order.Select(key => joined[key])];
    }

    /// <summary>
    /// Whose configuration it is: the VirtualServices among the virtual hosts' sources that have it, else all of them,
    /// else the part's.
    /// </summary>
    public static ImmutableArray<ResourceKey> SourcesOf(
        GlooV1.SslConfig config, HttpPart part, CatalogView view)
    {
        var sources = part.Hosts
            .Select(host => host.MetadataStatic is null ? default : Sources.Of(host.MetadataStatic, []))
            .Where(keys => !keys.IsDefaultOrEmpty)
            .SelectMany(keys => keys.Where(key => key.Is(ResourceKinds.VirtualService)))
            .Distinct()
            .ToImmutableArray();
        if (part.HasSslOfHosts)
        {
            var key = WithoutSni(config);
            var own = sources.Where(source => view.Find(source)?.Body is Edge.VirtualService { SslConfig: { } ssl }
                && WithoutSni(ssl).Equals(key)).ToImmutableArray();
            if (!own.IsEmpty) return own;
        }

        return sources.IsEmpty || part.HasSslOfHosts ? part.Sources : sources;
    }

    private static GlooV1.SslConfig WithoutSni(GlooV1.SslConfig config)
    {
        var copy = config.Clone();
        copy.SniDomains.Clear();
        return copy;
    }
}
