using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Stagedoor.Api;
using Stagedoor.Api.Core;
using Stagedoor.Translation.Gateway;

namespace Stagedoor.Translation;

public static partial class ProxyIndex
{
    private static readonly ConditionalWeakTable<object, UpstreamList> KnownUpstreams = [];

    /// <summary>
    /// The stored Upstreams and, unless <c>gloo.disableKubernetesDestinations</c> is set, one for each port of each
    /// Service (infrastructure 5.3).
    /// </summary>
    public static ImmutableSortedSet<ResourceKey> Upstreams(CatalogView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var stored = view.OfKind(ResourceKinds.Upstream);
        var services = view.OfKind(ResourceKinds.Service);
        var settings = EdgeSettings.Of(view);
        var (watched, withServices) = (settings.Watched, settings.HasServiceUpstreams);

        // Upstreams and Services change far less often than the rest of the view.
        if (KnownUpstreams.TryGetValue(stored, out var known) && known.IsOf(services, watched, withServices))
            return known.Keys;
        var keys = ImmutableSortedSet.CreateBuilder<ResourceKey>();
        keys.UnionWith(stored.Keys.Where(key => watched.Contains(key.Namespace)));
        if (withServices)
            keys.UnionWith(
                services.Values.Where(s => watched.Contains(s.Key.Namespace)).SelectMany(UpstreamsOfService));
        known = new UpstreamList(services, watched, withServices, keys.ToImmutable());
        if (!stored.IsEmpty) KnownUpstreams.AddOrUpdate(stored, known);
        return known.Keys;
    }

    /// <summary>The keys of the in-memory Upstreams of a Service.</summary>
    private static IEnumerable<ResourceKey> UpstreamsOfService(Resource service) =>
        service.As<Service>().Ports.Select(
            port => KubeServiceNames.KeyOf(service.Key.Namespace, service.Key.Name, port.Port));

    private sealed record UpstreamList(
        object Services, WatchedNamespaces Watched, bool WithServices, ImmutableSortedSet<ResourceKey> Keys)
    {
        public bool IsOf(object services, WatchedNamespaces watched, bool withServices) =>
            ReferenceEquals(Services, services) && WithServices == withServices && Watched.Equals(watched);
    }
}
