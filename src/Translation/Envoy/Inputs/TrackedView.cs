using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>A view whose reads are recorded, so that a memoised piece knows what it depends on.</summary>
internal sealed class TrackedView(CatalogView view)
{
    private readonly HashSet<ResourceKey> _reads = [];

    /// <summary>The view that is read.</summary>
    public CatalogView View { get; } = view;

    /// <summary>The Settings in force; an empty message if there are none.</summary>
    public GlooV1.Settings Settings => (Find(GlooSettings.KeyIn(View))?.Body as GlooV1.Settings) ?? GlooSettings.None;

    /// <summary>The resource with this key, or null; either way it becomes a dependency.</summary>
    public Resource? Find(ResourceKey key)
    {
        _reads.Add(key);
        return View.Find(key);
    }

    /// <summary>The body of a resource, or null if there is none of that type.</summary>
    public T? Find<T>(ResourceKind kind, string ns, string name) where T : class =>
        Find(ResourceKey.Of(kind, ns, name))?.Body as T;

    /// <summary>Records a dependency that was read elsewhere.</summary>
    public void Touch(ResourceKey key) => _reads.Add(key);

    /// <summary>The endpoints of a Service, whichever kind tells them.</summary>
    public ServiceEndpoints Endpoints(string ns, string service)
    {
        _reads.Add(ResourceKey.Of(ResourceKinds.Endpoints, ns, service));
        _reads.Add(EndpointIndex.KeyOf(ns, service));
        return EndpointIndex.Of(View).Find(View, ns, service);
    }

    /// <summary>What was read since the last call; recording begins anew.</summary>
    public ImmutableArray<ResourceKey> TakeReads()
    {
        if (_reads.Count == 0) return [];
        var reads = _reads.ToImmutableArray();
        _reads.Clear();
        return reads;
    }
}
