using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Google.Protobuf.Collections;
using Stagedoor.Api;
using Stagedoor.Xds;

namespace Stagedoor.Translation.Envoy;

/// <summary>What the Envoy stage makes of a Proxy.</summary>
/// <param name="Listeners">Listeners by name.</param>
/// <param name="Routes">Route configurations by name.</param>
/// <param name="Clusters">What the Upstreams in use contribute.</param>
/// <param name="Findings">What is wrong, with whom it is blamed on.</param>
/// <param name="Provenance">Which inputs made which resource.</param>
internal sealed record EnvoyTranslation(
    ImmutableArray<EncodedResource> Listeners,
    ImmutableArray<EncodedResource> Routes,
    ClusterSet Clusters,
    ImmutableArray<Finding> Findings,
    ImmutableDictionary<(XdsType Type, string Name), ImmutableArray<ResourceKey>> Provenance);

/// <summary>
/// The Envoy stage: a Gloo Proxy and the view's Upstreams to Envoy resources. Its cost follows what changed since the
/// memo's
/// last translation.
/// </summary>
internal static class EnvoyTranslator
{
    /// <summary>Translates; the Proxy's messages must be the same objects as before where nothing changed.</summary>
    public static EnvoyTranslation Translate(
        CatalogView view, GlooV1.Proxy proxy, ResourceKey proxyKey, TranslationMemo memo)
    {
        var changes = Changes.Between(memo.View, view);
        memo.Runs++;
        var upstreams = new UpstreamLookup(view, memo);
        HashSet<VirtualHostPiece>? stale = null;
        if (changes is not null)
        {
            var facts = upstreams.Refresh(changes);
            changes.UnionWith(facts);
            stale = memo.PieceIndex.Of(changes);

            // Most changes are of endpoints: they leave listeners and routes alone.
            if (facts.Count + stale.Count == 0 && memo.Last?.Repeat(proxy, changes, view, memo) is { } again)
                return again;
        }

        var run = new Run(view, new TrackedView(view), upstreams, memo, stale, [proxyKey]);
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < proxy.Listeners.Count; i++) run.Listener(proxy.Listeners[i], i, addresses);
        var result = run.Finish();
        memo.Last = new LastRun(proxy, run.ListenerReads, run.IsRepeatable, result);
        return result;
    }

    private sealed class Run(
        CatalogView view, TrackedView tracked, UpstreamLookup upstreams, TranslationMemo memo,
        HashSet<VirtualHostPiece>? stale, ImmutableArray<ResourceKey> proxy)
    {
        private readonly List<Finding> _findings = [];
        private readonly SortedDictionary<string, EncodedResource> _listeners = new(StringComparer.Ordinal);
        private readonly Dictionary<string, RouteConfigurationMemo> _routes = new(StringComparer.Ordinal);
        private readonly Dictionary<string, ImmutableArray<ResourceKey>> _listenerSources = new(StringComparer.Ordinal);
        private readonly HashSet<ResourceKey> _listenerUpstreams = [];
        private readonly SortedDictionary<string, EncodedResource> _generated = new(StringComparer.Ordinal);

        /// <summary>What was read for the listeners themselves.</summary>
        public HashSet<ResourceKey> ListenerReads { get; } = [];

        /// <summary>Whether the result follows from the virtual hosts and their dependencies alone.</summary>
        public bool IsRepeatable { get; private set; } = true;

        public void Listener(GlooV1.Listener input, int index, Dictionary<string, string> addresses)
        {
            var sources = Sources.Of(input.MetadataStatic, proxy);
            var field = string.Create(CultureInfo.InvariantCulture, $"listeners[{index}]");
            var problems = new List<Problem>();
            var needs = new ListenerNeeds(upstreams);
            var routes = Routes(input, sources, field);
            tracked.TakeReads();
            var listener = ListenerTranslator.Translate(input, tracked, needs, Filters(routes), problems);
            ListenerReads.UnionWith(tracked.TakeReads());
            if (listener is not null && Conflict(input, addresses) is { } conflict)
            {
                problems.Add(conflict);
                listener = null;
            }

            foreach (var problem in problems.Distinct())
            {
                var level = problem.Severity == Severity.Error ? "Error" : "Warning";
                var type = problem.Code == EnvoyCodes.DuplicateAddress ? "BindPortNotUniqueError" : "Processing"
                    + level;
                _findings.Add(new Finding(
                    sources, problem with { Message = $"Listener {level}: {type}. Reason: {problem.Message}" }, field));
            }

            if (listener is null)
            {
                // What its virtual hosts have to say is said, but they are not followed.
                IsRepeatable &= routes is null;
                return;
            }

            if (memo.Listeners.TryGetValue(input.Name, out var old) && old.Hash == listener.Hash) listener = old;
            _listeners[input.Name] = listener;
            _listenerSources[input.Name] = sources;
            if (routes is not null) _routes[routes.Resource.Name] = routes;
            _listenerUpstreams.UnionWith(needs.Upstreams);
            foreach (var cluster in needs.Generated.Values)
                _generated[cluster.Name] = ClusterSets.Encode(cluster);
        }

        private static HashSet<string> Filters(RouteConfigurationMemo? routes) =>
            new(routes?.Sums.Filters.Items ?? [], StringComparer.Ordinal);

        // Envoy tells listeners by address and port; a listener for all addresses of one family meets the other's
        // (3.10).
        private static Problem? Conflict(GlooV1.Listener input, Dictionary<string, string> addresses)
        {
            var address = IPAddress.Parse(input.BindAddress);
            if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
            var host = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? "*" : address.ToString();
            var key = string.Create(CultureInfo.InvariantCulture, $"{host}|{input.BindPort}");
            if (input.BindPort == 0 || addresses.TryAdd(key, input.Name)) return null;
            return Problem.Error(
                EnvoyCodes.DuplicateAddress,
                $"port {input.BindPort} is bound by the listeners [{addresses[key]} {input.Name}]; the first keeps it");
        }

        private RouteConfigurationMemo? Routes(
            GlooV1.Listener input, ImmutableArray<ResourceKey> sources, string field)
        {
            if (input.HttpListener is null) return null;
            var name = ListenerTranslator.RoutesOf(input);
            var hosts = input.HttpListener.VirtualHosts;
            var context = new HttpContext(
                input.HttpListener.Options, false, input.RouteOptions?.MaxDirectResponseBodySizeBytes, sources,
                field + ".httpListener");
            var old = memo.Routes.GetValueOrDefault(name);
            var domains = DomainAssignment.Next(old?.Domains, hosts, context, view, _findings);
            IsRepeatable &= domains.IsClean;
            var pieces = Pieces(hosts, domains.Domains, context, old);
            if (old is not null && ReferenceEquals(old.Options, input.RouteOptions)
                && old.ListenerSources.AsSpan().SequenceEqual(sources.AsSpan())
                && old.Pieces.AsSpan().SequenceEqual(pieces.AsSpan(), ReferenceEqualityComparer.Instance))
                return old with { Domains = domains };

            var sums = old?.Sums ?? new PieceSums();
            foreach (var piece in pieces)
                if (piece.IsNew) sums.Add(piece);
            foreach (var piece in old?.Pieces ?? [])
                if (piece.PickedIn != memo.Runs) sums.Remove(piece);
            foreach (var source in old?.ListenerSources ?? []) sums.Sources.Remove(source);
            foreach (var source in sources) sums.Sources.Add(source);
            var resource = pieces.IsEmpty
                ? RouteConfigurations.Placeholder(name)
                : RouteConfigurations.Join(name, input.RouteOptions, pieces, sums.Clusters.Items);

            // Equal bytes can refer to a cluster that exists now and did not before.
            if (old is not null && old.Resource.Hash == resource.Hash
                && old.Resource.Refs.Clusters.AsSpan().SequenceEqual(resource.Refs.Clusters.AsSpan()))
                resource = old.Resource;
            return new RouteConfigurationMemo(pieces, input.RouteOptions, resource, sources, domains, sums);
        }

        private ImmutableArray<VirtualHostPiece> Pieces(
            RepeatedField<GlooV1.VirtualHost> hosts, ImmutableArray<string>[] domains, HttpContext context,
            RouteConfigurationMemo? old)
        {
            var pieces = ImmutableArray.CreateBuilder<VirtualHostPiece>(hosts.Count);
            var known = new KnownPieces(old?.Pieces ?? [], hosts);
            for (var i = 0; i < hosts.Count; i++)
            {
                if (domains[i].IsEmpty) continue;
                var piece = known.Find(hosts[i], i, pieces.Count);
                if (piece is null || !piece.Fits(hosts[i], i, context, domains[i])
                    || stale is null || (stale.Count > 0 && stale.Contains(piece)))
                    piece = VirtualHostTranslator.Translate(hosts[i], i, domains[i], context, tracked, upstreams);
                else
                    piece.IsNew = false;
                piece.PickedIn = memo.Runs;
                pieces.Add(piece);
                if (!piece.Findings.IsEmpty) _findings.AddRange(piece.Findings);
            }

            return pieces.DrainToImmutable();
        }

        public EnvoyTranslation Finish()
        {
            CountUsers();
            memo.Clusters = ClusterSets.Next(memo);
            memo.View = view;
            memo.Routes = _routes;
            memo.Listeners = new Dictionary<string, EncodedResource>(_listeners, StringComparer.Ordinal);
            memo.Generated = [.. _generated.Values];
            var clusters = memo.Clusters.With(memo.Generated);
            var provenance = memo.Clusters.Provenance.ToBuilder();
            foreach (var name in _generated.Keys) provenance[(XdsType.Cluster, name)] = proxy;
            foreach (var (name, sources) in _listenerSources) provenance[(XdsType.Listener, name)] = sources;
            foreach (var (name, routes) in _routes) provenance[(XdsType.RouteConfiguration, name)] = routes.Sources;
            return new EnvoyTranslation(
                [.. _listeners.Values],
                [.. _routes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Resource)],
                clusters, [.. _findings], provenance.ToImmutable());
        }

        // Pieces made now add their Upstreams, pieces that this run did not use take theirs away.
        private void CountUsers()
        {
            foreach (var routes in _routes.Values)
                foreach (var piece in routes.Pieces)
                {
                    piece.UsedIn = memo.Runs;
                    if (piece.IsCounted) continue;
                    piece.IsCounted = true;
                    memo.PieceIndex.Add(piece, piece.Dependencies);
                    foreach (var key in piece.Upstreams) memo.Use(key, 1);
                }

            foreach (var key in _listenerUpstreams)
                if (!memo.ListenerUpstreams.Contains(key))
                    memo.Use(key, 1);
            foreach (var routes in memo.Routes.Values)
                foreach (var piece in routes.Pieces)
                    if (piece.UsedIn != memo.Runs && piece.IsCounted)
                    {
                        piece.IsCounted = false;
                        memo.PieceIndex.Remove(piece, piece.Dependencies);
                        foreach (var key in piece.Upstreams) memo.Use(key, -1);
                    }

            foreach (var key in memo.ListenerUpstreams)
                if (!_listenerUpstreams.Contains(key))
                    memo.Use(key, -1);
            memo.ListenerUpstreams = _listenerUpstreams;
        }
    }
}
