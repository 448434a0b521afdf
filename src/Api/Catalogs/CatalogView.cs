using System.Collections.Immutable;

namespace Stagedoor.Api;

/// <summary>
/// An immutable, versioned view of all input resources of one node (design 1). The next view shares structure with its
/// predecessor.
/// </summary>
public sealed class CatalogView
{
    /// <summary>The view before any source has answered.</summary>
    public static readonly CatalogView Empty = new(
        0, ImmutableDictionary<(string, string), ImmutableSortedDictionary<ResourceKey, Resource>>.Empty, [], false,
        new Step([], null));

    private static readonly ImmutableSortedDictionary<ResourceKey, Resource> None =
        ImmutableSortedDictionary<ResourceKey, Resource>.Empty;

    private readonly ImmutableDictionary<(string Group, string Kind), ImmutableSortedDictionary<ResourceKey, Resource>>
        _byKind;

    private readonly Step _step;

    private CatalogView(
        long version,
        ImmutableDictionary<(string Group, string Kind), ImmutableSortedDictionary<ResourceKey, Resource>> byKind,
        ImmutableArray<Diagnostic> diagnostics,
        bool isSynced,
        Step step)
    {
        Version = version;
        _step = step;
        _byKind = byKind;
        Diagnostics = diagnostics;
        IsSynced = isSynced;
    }

    /// <summary>Counts views of this process from 1; 0 is <see cref="Empty"/>.</summary>
    public long Version { get; }

    /// <summary>What the sources had to say about documents: unreadable, duplicate, ignored.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>
    /// Whether every source has finished a consistent list since the process started: the fence of rule I2. Before it,
    /// "absent" means "don't know".
    /// </summary>
    public bool IsSynced { get; }

    /// <summary>The number of resources of all kinds.</summary>
    public int Count => _byKind.Values.Sum(kind => kind.Count);

    /// <summary>
    /// All resources of a kind in the order of (namespace, name), ordinally: the order of Gloo's snapshots.
    /// </summary>
    public ImmutableSortedDictionary<ResourceKey, Resource> OfKind(ResourceKind kind) =>
        _byKind.GetValueOrDefault((kind.Group, kind.Kind), ImmutableSortedDictionary<ResourceKey, Resource>.Empty);

    /// <summary>The resource with this key, or null.</summary>
    public Resource? Find(ResourceKey key) =>
        _byKind.TryGetValue((key.Group, key.Kind), out var kind) ? kind.GetValueOrDefault(key) : null;

    /// <summary>The resource of this kind, namespace and name, or null.</summary>
    public Resource? Find(ResourceKind kind, string ns, string name) => Find(ResourceKey.Of(kind, ns, name));

    /// <summary>The next view: <paramref name="upserts"/> replace, <paramref name="removals"/> go.</summary>
    public CatalogView With(
        IEnumerable<Resource> upserts,
        IEnumerable<ResourceKey> removals,
        ImmutableArray<Diagnostic> diagnostics,
        bool isSynced)
    {
        var builders = new Dictionary<(string, string), ImmutableSortedDictionary<ResourceKey, Resource>.Builder>();
        var changed = ImmutableArray.CreateBuilder<ResourceKey>();
        foreach (var key in removals)
        {
            Builder(builders, key).Remove(key);
            changed.Add(key);
        }

        foreach (var resource in upserts)
        {
            Builder(builders, resource.Key)[resource.Key] = resource;
            changed.Add(resource.Key);
        }

        var next = _byKind;
        foreach (var (kind, builder) in builders) next = next.SetItem(kind, builder.ToImmutable());
        return new CatalogView(Version + 1, next, diagnostics, isSynced, new Step(changed.ToImmutable(), _step));
    }

    /// <summary>
    /// The keys whose resources may differ between this view and an older one: exactly the changes when this view was
    /// made from the older one in few steps, else found by comparing. Costs what changed, not what there is.
    /// </summary>
    public IReadOnlySet<ResourceKey> ChangesSince(CatalogView older)
    {
        ArgumentNullException.ThrowIfNull(older);
        var keys = new HashSet<ResourceKey>();
        for (var step = _step; step is not null; step = step.Previous)
        {
            if (ReferenceEquals(step, older._step)) return keys;
            keys.UnionWith(step.Changed);
        }

        return Compare(older);
    }

    private HashSet<ResourceKey> Compare(CatalogView older)
    {
        var keys = new HashSet<ResourceKey>();
        foreach (var kind in _byKind.Keys.Union(older._byKind.Keys))
        {
            var now = _byKind.GetValueOrDefault(kind);
            var then = older._byKind.GetValueOrDefault(kind);
            if (ReferenceEquals(now, then)) continue;
            foreach (var (key, resource) in now ?? None)
                if (then is null || !then.TryGetValue(key, out var old) || !ReferenceEquals(old, resource))
                    keys.Add(key);
            foreach (var key in (then ?? None).Keys)
                if (now is null || !now.ContainsKey(key))
                    keys.Add(key);
        }

        return keys;
    }

    private ImmutableSortedDictionary<ResourceKey, Resource>.Builder Builder(
        Dictionary<(string, string), ImmutableSortedDictionary<ResourceKey, Resource>.Builder> builders,
        ResourceKey key)
    {
        if (builders.TryGetValue((key.Group, key.Kind), out var builder)) return builder;
        builder = _byKind.GetValueOrDefault(
            (key.Group, key.Kind), ImmutableSortedDictionary<ResourceKey, Resource>.Empty).ToBuilder();
        builders[(key.Group, key.Kind)] = builder;
        return builder;
    }

    /// <summary>What one view changed of the one before; remembered for the last few hundred.</summary>
    private sealed class Step
    {
        private const int Remembered = 256;

        private readonly int _number;

        public Step(ImmutableArray<ResourceKey> changed, Step? previous)
        {
            Changed = changed;
            Previous = previous;
            _number = previous is null ? 0 : previous._number + 1;
            if (_number % Remembered != 0) return;
            var last = this;
            for (var i = 0; i < Remembered && last is not null; i++) last = last.Previous;
            if (last is not null) last.Previous = null;
        }

        public ImmutableArray<ResourceKey> Changed { get; }

        public Step? Previous { get; private set; }
    }
}
