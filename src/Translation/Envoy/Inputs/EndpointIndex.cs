using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Stagedoor.Api;
using Stagedoor.Api.Core;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// EndpointSlices by Service, one index per view; the next view's index is made from the last one at the cost of what
/// changed.
/// </summary>
internal sealed class EndpointIndex
{
    private static readonly ConditionalWeakTable<CatalogView, EndpointIndex> Indexes = new();
    private static WeakReference<CatalogView>? last;

    private readonly ImmutableDictionary<(string Namespace, string Service), ImmutableArray<Resource>> _slices;

    private EndpointIndex(ImmutableDictionary<(string, string), ImmutableArray<Resource>> slices) => _slices = slices;

    /// <summary>The index of a view.</summary>
    public static EndpointIndex Of(CatalogView view)
    {
        if (Indexes.TryGetValue(view, out var index)) return index;
        if (Volatile.Read(ref last) is { } reference && reference.TryGetTarget(out var older)
            && Indexes.TryGetValue(older, out var oldIndex))
            index = oldIndex.Next(older, view);
        else
            index = Build(view);
        Indexes.AddOrUpdate(view, index);
        Volatile.Write(ref last, new WeakReference<CatalogView>(view));
        return index;
    }

    /// <summary>The key that stands for "the slices of this Service" among dependencies.</summary>
    public static ResourceKey KeyOf(string ns, string service) => new("", "SlicesOf", ns, service);

    /// <summary>The key that stands for the Service of a slice, or null if the slice names none.</summary>
    public static ResourceKey? ServiceOf(Resource? slice) =>
        slice?.Metadata.Labels.GetValueOrDefault(EndpointSlice.ServiceNameLabel) is { Length: > 0 } service
            ? KeyOf(slice.Key.Namespace, service)
            : null;

    /// <summary>The endpoints of one Service.</summary>
    public ServiceEndpoints Find(CatalogView view, string ns, string service) =>
        new(_slices.GetValueOrDefault((ns, service), []), view.Find(ResourceKinds.Endpoints, ns, service));

    private static EndpointIndex Build(CatalogView view) => new(view.OfKind(ResourceKinds.EndpointSlice).Values
        .Where(slice => ServiceOf(slice) is not null)
        .GroupBy(slice => (slice.Key.Namespace, ServiceOf(slice)!.Value.Name))
        .ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray()));

    private EndpointIndex Next(CatalogView older, CatalogView view)
    {
        var slices = _slices;
        foreach (var key in view.ChangesSince(older))
        {
            if (!key.Is(ResourceKinds.EndpointSlice)) continue;
            if (ServiceOf(older.Find(key)) is { } before) slices = Without(slices, before, key);
            if (view.Find(key) is { } now && ServiceOf(now) is { } after) slices = With(slices, after, now);
        }

        return ReferenceEquals(slices, _slices) ? this : new EndpointIndex(slices);
    }

    private static ImmutableDictionary<(string, string), ImmutableArray<Resource>> Without(
        ImmutableDictionary<(string, string), ImmutableArray<Resource>> slices, ResourceKey service, ResourceKey slice)
    {
        var rest = slices.GetValueOrDefault((service.Namespace, service.Name), []).RemoveAll(old => old.Key == slice);
        return rest.IsEmpty
            ? slices.Remove((service.Namespace, service.Name))
            : slices.SetItem((service.Namespace, service.Name), rest);
    }

    private static ImmutableDictionary<(string, string), ImmutableArray<Resource>> With(
        ImmutableDictionary<(string, string), ImmutableArray<Resource>> slices, ResourceKey service, Resource slice)
    {
        var others = slices.GetValueOrDefault(
            (service.Namespace, service.Name), []).RemoveAll(old => old.Key == slice.Key);
        return slices.SetItem(
            (service.Namespace, service.Name), others.Add(slice).Sort((left, right) => left.Key.CompareTo(right.Key)));
    }
}
