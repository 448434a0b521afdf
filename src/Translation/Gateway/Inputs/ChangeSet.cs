using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Changes of what virtual hosts are built of besides their VirtualService, in a form that answers "does this concern
/// me" by reference.
/// </summary>
internal sealed class ChangeSet
{
    private readonly HashSet<Resource> _gone = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ResourceKey> _appeared = [];
    private readonly List<Resource> _newTables = [];

    public ChangeSet(GatewayInputs inputs)
    {
        Add(inputs.RouteTables, isTable: true);
        Add(inputs.RouteOptions, isTable: false);
        Add(inputs.VirtualHostOptions, isTable: false);
    }

    public bool IsEmpty => _gone.Count == 0 && _appeared.Count == 0;

    /// <summary>Whether the instance is no longer in the view.</summary>
    public bool IsGone(Resource resource) => _gone.Contains(resource);

    /// <summary>Whether a resource of this key exists now and did not before.</summary>
    public bool Appeared(in ResourceKey key) => _appeared.Count > 0 && _appeared.Contains(key);

    /// <summary>
    /// Whether a new or replaced RouteTable is selected; those that ceased to be are <see cref="IsGone"/>.
    /// </summary>
    public bool Selects(RouteTableQuery query)
    {
        foreach (var table in _newTables)
        {
            if (query.Selects(table)) return true;
        }

        return false;
    }

    private void Add(KindTracker kind, bool isTable)
    {
        foreach (var change in kind.Changes)
        {
            if (change.Before is { } before) _gone.Add(before);
            else _appeared.Add(change.Key);
            if (isTable && change.After is { } after) _newTables.Add(after);
        }
    }
}
