using System.Collections.Immutable;
using Solo.Core;
using Solo.Gateway;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>A route's selection of RouteTables (gateway-translation 1.7.5).</summary>
internal sealed class RouteTableQuery(NamespaceList namespaces, LabelSelector labels)
{
    /// <summary>The namespaces that are looked in.</summary>
    public NamespaceList Namespaces => namespaces;

    /// <summary>Labels that every selected RouteTable has.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Labels => labels.Labels;

    /// <summary>
    /// The selection of a delegate action that has no reference; null and what is wrong if it selects nothing whatever
    /// RouteTables there are. Without namespaces it looks in that of the resource that holds it.
    /// </summary>
    public static RouteTableQuery? Of(DelegateAction action, string ns, out (string Code, string Message) remark)
    {
        remark = default;
        if (Reference(action) is not null) return null;
        if (action.Selector is not { } selector)
            remark = (GatewayCodes.NoDelegate, "the delegate action must specify a ref or a selector");
        else if (selector is { Labels.Count: > 0, Expressions.Count: > 0 })
            remark = (GatewayCodes.LabelsAndExpressions, "the selector cannot have both labels and expressions");
        else if (LabelExpressions.Parse(selector.Expressions, out var error) is not { } requirements)
            remark = (GatewayCodes.BadExpression, $"the selector has an invalid expression: {error}");
        else
            return new RouteTableQuery(
                NamespaceList.Of(selector.Namespaces.Count > 0 ? selector.Namespaces : [ns]),
                new LabelSelector(selector.Labels, requirements));
        return null;
    }

    /// <summary>The reference of a delegate action; the deprecated fields win.</summary>
    public static ResourceRef? Reference(DelegateAction action)
    {
#pragma warning disable CS0612 // Deprecated, and still in users' files.
        if (action.Name.Length > 0 || action.Namespace.Length > 0)
            return new ResourceRef { Name = action.Name, Namespace = action.Namespace };
#pragma warning restore CS0612
        return action.Ref;
    }

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
