using System.Collections.Frozen;

namespace Stagedoor.Translation.Gateway;

/// <summary>Namespaces of a selector: an empty list, or one with <c>*</c>, allows all.</summary>
internal sealed class NamespaceList
{
    /// <summary>All namespaces.</summary>
    public static readonly NamespaceList All = new(null);

    private NamespaceList(FrozenSet<string>? names) => Names = names;

    /// <summary>The names; null if all namespaces are allowed.</summary>
    public FrozenSet<string>? Names { get; }

    /// <summary>The list as written.</summary>
    public static NamespaceList Of(IReadOnlyCollection<string> names) =>
        names.Count == 0 || names.Contains("*") ? All : new NamespaceList(names.ToFrozenSet(StringComparer.Ordinal));

    /// <summary>Whether the namespace is in it.</summary>
    public bool Allows(string ns) => Names is null || Names.Contains(ns);
}
