using System.Collections.Immutable;
using System.Globalization;

namespace Stagedoor.Xds;

/// <summary>
/// Hash over the (name, content hash) pairs of a list, whatever their order: equal on every server and after every
/// restart. A sum, so that an exchanged entry costs its own size.
/// </summary>
/// <param name="Value">The 128 bits.</param>
public readonly record struct ListHash(UInt128 Value)
{
    /// <summary>Of a whole list.</summary>
    public static ListHash Of(IEnumerable<SnapshotResource> resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        UInt128 sum = 0;
        foreach (var resource in resources) sum = unchecked(sum + resource.ListTerm);
        return new ListHash(sum);
    }

    /// <summary>Of the list in which the entries under some names were exchanged.</summary>
    internal ListHash Exchange(
        ImmutableArray<string> names,
        ImmutableSortedDictionary<string, SnapshotResource> before,
        ImmutableSortedDictionary<string, SnapshotResource> now)
    {
        var sum = Value;
        foreach (var name in names)
        {
            if (before.TryGetValue(name, out var old)) sum = unchecked(sum - old.ListTerm);
            if (now.TryGetValue(name, out var fresh)) sum = unchecked(sum + fresh.ListTerm);
        }

        return new ListHash(sum);
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
