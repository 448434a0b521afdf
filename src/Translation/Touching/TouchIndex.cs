using Stagedoor.Api;
using Stagedoor.Translation.Gateway;
using Stagedoor.Translation.Touching;

namespace Stagedoor.Translation;

/// <summary>
/// Knows which Proxies and Upstreams a change of inputs touches: by references (also to what does not exist yet), by
/// selections, by delegation, by Settings. Follows one line of views at the cost of what changes; any two views can be
/// asked about, at the cost of what there is. Thread-safe.
/// </summary>
public sealed class TouchIndex
{
    private readonly Lock _gate = new();
    private CatalogView? _view;
    private ReferenceGraph? _graph;
    private (CatalogView Older, CatalogView Newer, Touched Touched)? _last;

    /// <summary>What the step from one view to another touches.</summary>
    public Touched Between(CatalogView older, CatalogView newer)
    {
        ArgumentNullException.ThrowIfNull(older);
        ArgumentNullException.ThrowIfNull(newer);
        lock (_gate)
        {
            if (_last is { } last && last.Older == older && last.Newer == newer) return last.Touched;
            var touched = Step(older, newer);
            _last = (older, newer, touched);
            return touched;
        }
    }

    private Touched Step(CatalogView older, CatalogView newer)
    {
        var changed = newer.ChangesSince(older);
        if (changed.Count == 0) return Touched.Nothing;
        if (_view != older || _graph is null) _graph = ReferenceGraph.Of(older, EdgeSettings.Of(older));
        var (graph, settings) = (_graph, _graph.Settings);
        if (changed.Any(key => key.Is(ResourceKinds.Settings) || key.Is(ResourceKinds.Namespace)))
            settings = EdgeSettings.Of(newer);
        var step = new TouchStep(older, newer);
        var services = graph.VirtualServices;
        foreach (var key in changed) step.Look(graph, key);
        Follow(newer, changed, settings);
        foreach (var key in changed) step.Look(_graph, key);
        if (graph.Settings != _graph.Settings || services == 0 != (_graph.VirtualServices == 0)) step.Everything();
        return step.End();
    }

    private void Follow(CatalogView newer, IReadOnlySet<ResourceKey> changed, EdgeSettings settings)
    {
        // Other Settings can mean other Gateways and other namespaces.
        if (settings != _graph!.Settings)
        {
            _graph = ReferenceGraph.Of(newer, settings);
        }
        else
        {
            foreach (var key in changed)
            {
                if (newer.Find(key) is { } resource) _graph.Put(resource);
                else _graph.Remove(key);
            }
        }

        _view = newer;
    }
}
