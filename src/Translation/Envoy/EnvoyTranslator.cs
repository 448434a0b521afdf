using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Stagedoor.Api;
using Stagedoor.Translation.KubeGateway;
using Stagedoor.Xds;

namespace Stagedoor.Translation.Envoy;

/// <summary>What the Envoy stage makes of a Proxy.</summary>
/// <param name="Listeners">Listeners by name.</param>
/// <param name="Routes">Route configurations by name.</param>
/// <param name="Clusters">Clusters by name.</param>
/// <param name="Upstreams">What the Upstreams in use contribute, clusters included.</param>
/// <param name="Secrets">SDS resources by name.</param>
/// <param name="Findings">What is wrong, with whom it is blamed on.</param>
/// <param name="Provenance">Which inputs made which resource.</param>
internal sealed record EnvoyTranslation(
    ImmutableArray<EncodedResource> Listeners,
    ImmutableArray<EncodedResource> Routes,
    ImmutableArray<EncodedResource> Clusters,
    ClusterSet Upstreams,
    ImmutableArray<EncodedResource> Secrets,
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

        var run = new Run(view, new TrackedView(view), upstreams, memo, stale, [proxyKey], KubeProxies.Made(proxy));
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < proxy.Listeners.Count; i++) run.Listener(proxy.Listeners[i], i, addresses);
        var result = run.Finish();
        memo.Last = new LastRun(proxy, run.ListenerReads, run.IsRepeatable, result);
        return result;
    }

    private sealed class Run(
        CatalogView view, TrackedView tracked, UpstreamLookup upstreams, TranslationMemo memo,
        HashSet<VirtualHostPiece>? stale, ImmutableArray<ResourceKey> proxy, bool isKube)
    {
        private readonly List<Finding> _findings = [];
        private readonly SortedDictionary<string, EncodedResource> _listeners = new(StringComparer.Ordinal);
        private readonly Dictionary<string, RouteConfigurationMemo> _routes = new(StringComparer.Ordinal);
        private readonly Dictionary<string, ImmutableArray<ResourceKey>> _listenerSources = new(StringComparer.Ordinal);
        private readonly Dictionary<string, RouteConfigurationMemo> _made = new(StringComparer.Ordinal);
        private readonly HashSet<ResourceKey> _listenerUpstreams = [];
        private readonly SecretSet _secrets = new();
        private readonly SortedDictionary<string, EncodedResource> _generated = new(StringComparer.Ordinal);
        private readonly Dictionary<(XdsType, string), ImmutableArray<ResourceKey>> _generatedSources = [];

        /// <summary>What was read for the listeners themselves.</summary>
        public HashSet<ResourceKey> ListenerReads { get; } = [];

        /// <summary>Whether the result follows from the virtual hosts and their dependencies alone.</summary>
        public bool IsRepeatable { get; private set; } = true;

        public void Listener(GlooV1.Listener input, int index, Dictionary<string, string> addresses)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"listeners[{index}]");
            var listener = new ListenerScope(
                input, field, Sources.Of(input.MetadataStatic, proxy), new TrackedView(view), upstreams, memo.Now,
                routes => Filters(Routes(routes, input.RouteOptions)))
            {
                IsKube = isKube,
            };
            var resource = ListenerTranslator.Translate(listener);
            ListenerReads.UnionWith(listener.View.TakeReads());
            if (resource is not null && Conflict(input, addresses) is { } conflict)
            {
                listener.Problems.Add(conflict);
                resource = null;
            }

            Report(listener);
            if (resource is null) return;
            if (memo.Listeners.TryGetValue(input.Name, out var old) && old.Hash == resource.Hash
                && SameRefs(old.Refs, resource.Refs))
                resource = old;
            _listeners[input.Name] = resource;
            _listenerSources[input.Name] = listener.Sources;
            _listenerUpstreams.UnionWith(listener.Needs.Upstreams);
            _secrets.Add(listener.Secrets, []);
            _secrets.Add(listener.Needs.Secrets, listener.Sources);
            foreach (var (name, cluster) in listener.Needs.Generated)
            {
                _generated[name] = cluster;
                _generatedSources[(XdsType.Cluster, name)] = listener.Sources;
            }

            foreach (var routes in listener.Routes) _routes[routes.Name] = _made[routes.Name];
        }

        private static HashSet<string> Filters(RouteConfigurationMemo routes) =>
            new(routes.Sums.Filters.Items, StringComparer.Ordinal);

        private void Report(ListenerScope listener)
        {
            foreach (var problem in listener.Problems.Distinct())
            {
                var level = problem.Severity == Severity.Error ? "Error" : "Warning";
                var type = problem.Code == EnvoyCodes.DuplicateAddress ? "BindPortNotUniqueError" : "Processing"
                    + level;
                _findings.Add(new Finding(
                    listener.Sources,
                    problem with { Message = $"Listener {level}: {type}. Reason: {problem.Message}" },
                    listener.Field));
            }

            _findings.AddRange(listener.Findings.DistinctBy(
                finding => (finding.Sources[0], finding.Problem, finding.Field)));
        }

        // Equal bytes can refer to something that exists now and did not before.
        private static bool SameRefs(ResourceRefs left, ResourceRefs right) =>
            left.Clusters.AsSpan().SequenceEqual(right.Clusters.AsSpan())
            && left.Secrets.AsSpan().SequenceEqual(right.Secrets.AsSpan());

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

        private RouteConfigurationMemo Routes(HttpRoutes routes, GlooV1.RouteConfigurationOptions? options)
        {
            var (name, hosts, context) = routes;
            var old = memo.Routes.GetValueOrDefault(name);
            var domains = DomainAssignment.Next(old?.Domains, hosts, context, view, _findings);
            IsRepeatable &= domains.IsClean;
            var pieces = Pieces(hosts, domains.Domains, context, old);
            if (old is not null && ReferenceEquals(old.Options, options)
                && old.ListenerSources.AsSpan().SequenceEqual(context.Sources.AsSpan())
                && old.Pieces.AsSpan().SequenceEqual(pieces.AsSpan(), ReferenceEqualityComparer.Instance))
                return _made[name] = old with { Domains = domains };

            var sums = Sums(pieces, context.Sources, old, _made.ContainsKey(name));
            var resource = pieces.IsEmpty
                ? RouteConfigurations.Placeholder(name)
                : RouteConfigurations.Join(name, options, pieces, sums.Clusters.Items, context.IsKube);

            // Equal bytes can refer to a cluster that exists now and did not before.
            if (old is not null && old.Resource.Hash == resource.Hash
                && old.Resource.Refs.Clusters.AsSpan().SequenceEqual(resource.Refs.Clusters.AsSpan()))
                resource = old.Resource;
            return _made[name] = new RouteConfigurationMemo(pieces, options, resource, context.Sources, domains, sums);
        }

        private PieceSums Sums(
            ImmutableArray<VirtualHostPiece> pieces, ImmutableArray<ResourceKey> sources, RouteConfigurationMemo? old,
            bool isAgain)
        {
            // A name that comes twice in a run has been counted already.
            var sums = old is null || isAgain ? new PieceSums() : old.Sums;
            foreach (var piece in pieces)
                if (piece.IsNew || old is null || isAgain) sums.Add(piece);
            foreach (var source in sources) sums.Sources.Add(source);
            if (old is null || isAgain) return sums;
            foreach (var piece in old.Pieces)
                if (piece.PickedIn != memo.Runs) sums.Remove(piece);
            foreach (var source in old.ListenerSources) sums.Sources.Remove(source);
            return sums;
        }

        private ImmutableArray<VirtualHostPiece> Pieces(
            IReadOnlyList<GlooV1.VirtualHost> hosts, ImmutableArray<string>[] domains, HttpContext context,
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

            // What virtual hosts without a listener have to say is said, but they are not followed.
            IsRepeatable &= _made.Count == _routes.Count;
            foreach (var listener in memo.Clusters.Listeners) _listeners.TryAdd(listener.Name, listener);
            foreach (var (secret, sources) in memo.Clusters.Secrets) _secrets.Add(secret, sources);
            return new EnvoyTranslation(
                [.. _listeners.Values],
                [.. _routes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Resource)],
                memo.Clusters.With(memo.Generated).Clusters, memo.Clusters,
                [.. _secrets.All.Select(secret => secret.Resource)], [.. _findings], Provenance(memo.Clusters));
        }

        private ImmutableDictionary<(XdsType Type, string Name), ImmutableArray<ResourceKey>> Provenance(
            ClusterSet clusters)
        {
            var provenance = clusters.Provenance.ToBuilder();
            foreach (var (name, sources) in _listenerSources) provenance[(XdsType.Listener, name)] = sources;
            foreach (var (name, sources) in _generatedSources) provenance[name] = sources;
            foreach (var (name, routes) in _routes) provenance[(XdsType.RouteConfiguration, name)] = routes.Sources;
            foreach (var (secret, sources) in _secrets.All) provenance[(XdsType.Secret, secret.Name)] = sources;
            return provenance.ToImmutable();
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
