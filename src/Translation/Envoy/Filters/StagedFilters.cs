using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Filters sorted by stage, weight, name, type and content, so that their order never depends on who added them first
/// (envoy-translation 3.3).
/// </summary>
internal sealed class StagedFilters
{
    private readonly List<(FilterSlot Slot, string Name, Any Config)> _filters = [];

    /// <summary>Adds a filter.</summary>
    public void Add(FilterSlot slot, string name, Any config) => _filters.Add((slot, name, config));

    /// <summary>All filters in their order.</summary>
    public IEnumerable<(string Name, Any Config)> Ordered() => _filters
        .OrderBy(filter => filter.Slot.Stage)
        .ThenBy(filter => filter.Slot.Weight)
        .ThenBy(filter => filter.Name, StringComparer.Ordinal)
        .ThenBy(filter => filter.Config.TypeUrl, StringComparer.Ordinal)
        .ThenBy(filter => filter.Config.Value.ToBase64(), StringComparer.Ordinal)
        .Select(filter => (filter.Name, filter.Config));
}
