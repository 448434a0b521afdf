using Stagedoor.Xds;

namespace Stagedoor.Actors;

/// <summary>Type and name: the identity of a resource within a proxy, in the order of translations.</summary>
internal readonly record struct ResourceName(XdsType Type, string Name) : IComparable<ResourceName>
{
    public static ResourceName Of(EncodedResource resource) => new(resource.Type, resource.Name);

    public int CompareTo(ResourceName other)
    {
        var order = ((int)Type).CompareTo((int)other.Type);
        return order == 0 ? string.CompareOrdinal(Name, other.Name) : order;
    }

    public override string ToString() => $"{Type} {Name}";

    public static bool operator <(ResourceName left, ResourceName right) => left.CompareTo(right) < 0;

    public static bool operator >(ResourceName left, ResourceName right) => left.CompareTo(right) > 0;

    public static bool operator <=(ResourceName left, ResourceName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ResourceName left, ResourceName right) => left.CompareTo(right) >= 0;
}
