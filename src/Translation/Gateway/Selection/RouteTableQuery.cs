using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>A route's selection of RouteTables (gateway-translation 1.7.5).</summary>
internal sealed class RouteTableQuery(NamespaceList namespaces, LabelSelector labels)
{
    /// <summary>Whether the RouteTable is selected.</summary>
    public bool Selects(Resource table) =>
        namespaces.Allows(table.Key.Namespace) && labels.Matches(table.Metadata.Labels);

    /// <summary>The selected tables, in snapshot order.</summary>
    public ImmutableArray<Resource> Select(Resource[] tables)
    {
        var found = ImmutableArray.CreateBuilder<Resource>();
        if (namespaces.Names is { } names)
        {
            foreach (var ns in names.Order(StringComparer.Ordinal)) Add(found, Listing.InNamespace(tables, ns));
        }
        else
        {
            Add(found, tables);
        }

        return found.ToImmutable();
    }

    private void Add(ImmutableArray<Resource>.Builder found, ReadOnlySpan<Resource> tables)
    {
        foreach (var table in tables)
        {
            if (labels.Matches(table.Metadata.Labels)) found.Add(table);
        }
    }
}
