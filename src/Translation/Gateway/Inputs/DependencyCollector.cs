using System.Collections.Immutable;
using Solo.Core;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>Looks inputs up for one virtual host and notes what was found and what was not.</summary>
internal sealed class DependencyCollector(GatewayInputs inputs)
{
    private HashSet<Resource>? _used;
    private HashSet<ResourceKey>? _missing;
    private ImmutableArray<RouteTableQuery>.Builder? _queries;

    /// <summary>The RouteTable, or null.</summary>
    public Resource? RouteTable(ResourceRef reference) =>
        Note(inputs.RouteTables, ResourceKinds.RouteTable, reference);

    /// <summary>The RouteOption, or null.</summary>
    public Resource? RouteOption(ResourceRef reference) =>
        Note(inputs.RouteOptions, ResourceKinds.RouteOption, reference);

    /// <summary>The VirtualHostOption, or null.</summary>
    public Resource? VirtualHostOption(ResourceRef reference) =>
        Note(inputs.VirtualHostOptions, ResourceKinds.VirtualHostOption, reference);

    /// <summary>Notes a selection and its result.</summary>
    public void Add(RouteTableQuery query, ImmutableArray<Resource> tables)
    {
        (_queries ??= ImmutableArray.CreateBuilder<RouteTableQuery>()).Add(query);
        foreach (var table in tables) Use(table);
    }

    /// <summary>All that was noted.</summary>
    public Dependencies ToDependencies() => _used is null && _missing is null && _queries is null
        ? Dependencies.None
        : new Dependencies([.. _used ?? []], [.. _missing ?? []], _queries?.ToImmutable() ?? []);

    private Resource? Note(KindTracker kind, ResourceKind of, ResourceRef reference)
    {
        if (kind.Find(reference.Namespace, reference.Name) is { } found)
        {
            Use(found);
            return found;
        }

        (_missing ??= []).Add(ResourceKey.Of(of, reference.Namespace, reference.Name));
        return null;
    }

    private void Use(Resource resource) =>
        (_used ??= new HashSet<Resource>(ReferenceEqualityComparer.Instance)).Add(resource);
}
