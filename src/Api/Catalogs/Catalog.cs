using System.Collections.Immutable;

namespace Stagedoor.Api;

/// <summary>One step of the catalog: the new view and the keys whose resources differ from the view before.</summary>
/// <param name="View">The view after the change.</param>
/// <param name="Changed">
/// Keys that were added, changed or removed; empty when only diagnostics or the fence changed.
/// </param>
public sealed record CatalogChange(CatalogView View, ImmutableArray<ResourceKey> Changed);

/// <summary>
/// The node's catalog: the one mutable cell that sources write and actors read by reference. Thread-safe; listeners are
/// called one change at a time, in order, on the writer's thread, and must return quickly.
/// </summary>
public sealed class Catalog
{
    private readonly Lock _gate = new();
    private CatalogView _current = CatalogView.Empty;
    private ImmutableArray<Action<CatalogChange>> _listeners = [];

    /// <summary>The newest view.</summary>
    public CatalogView Current => Volatile.Read(ref _current);

    /// <summary>Replaces the view by what <paramref name="step"/> makes of it and tells the listeners.</summary>
    public void Update(Func<CatalogView, CatalogChange> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        lock (_gate)
        {
            var change = step(_current);
            Volatile.Write(ref _current, change.View);
            foreach (var listener in _listeners) listener(change);
        }
    }

    /// <summary>
    /// Calls <paramref name="listener"/> with the present view (no changed keys), then with every change, until the
    /// result is disposed.
    /// </summary>
    public IDisposable Subscribe(Action<CatalogChange> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        lock (_gate)
        {
            _listeners = _listeners.Add(listener);
            listener(new CatalogChange(_current, []));
        }

        return new Subscription(this, listener);
    }

    private sealed class Subscription(Catalog catalog, Action<CatalogChange> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (catalog._gate) catalog._listeners = catalog._listeners.Remove(listener);
        }
    }
}
