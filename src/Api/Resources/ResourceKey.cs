namespace Stagedoor.Api;

/// <summary>
/// The identity of an input resource: group and kind, namespace and name. Ordered in that order, ordinally.
/// </summary>
/// <param name="Group">API group; empty for Kubernetes' core group.</param>
/// <param name="Kind">Kind, for example <c>VirtualService</c>.</param>
/// <param name="Namespace">Namespace; empty for cluster-wide kinds.</param>
/// <param name="Name">Name within the namespace.</param>
public readonly record struct ResourceKey(string Group, string Kind, string Namespace, string Name)
    : IComparable<ResourceKey>
{
    /// <summary>The key of an object of a known kind.</summary>
    public static ResourceKey Of(ResourceKind kind, string ns, string name) => new(kind.Group, kind.Kind, ns, name);

    /// <summary>Whether this key is of the given kind, whatever the version.</summary>
    public bool Is(ResourceKind kind) => Kind == kind.Kind && Group == kind.Group;

    /// <inheritdoc/>
    public int CompareTo(ResourceKey other)
    {
        var order = string.CompareOrdinal(Group, other.Group);
        if (order == 0) order = string.CompareOrdinal(Kind, other.Kind);
        if (order == 0) order = string.CompareOrdinal(Namespace, other.Namespace);
        return order == 0 ? string.CompareOrdinal(Name, other.Name) : order;
    }

    /// <summary><c>Kind namespace/name</c>, the form used in messages to people.</summary>
    public override string ToString() => Namespace.Length == 0 ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";

    public static bool operator <(ResourceKey left, ResourceKey right) => left.CompareTo(right) < 0;

    public static bool operator >(ResourceKey left, ResourceKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(ResourceKey left, ResourceKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ResourceKey left, ResourceKey right) => left.CompareTo(right) >= 0;
}
