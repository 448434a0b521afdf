using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// The namespaces whose resources are seen (infrastructure 6.1). Equal when they hold the same names.
/// </summary>
public sealed class WatchedNamespaces : IEquatable<WatchedNamespaces>
{
    /// <summary>Every namespace.</summary>
    public static readonly WatchedNamespaces All = new(null);

    private readonly ImmutableSortedSet<string>? _names;

    private WatchedNamespaces(ImmutableSortedSet<string>? names) => _names = names;

    /// <summary>Whether no namespace is left out.</summary>
    public bool IsAll => _names is null;

    /// <summary>
    /// The explicit list beats the selectors; without either, or with an empty name in the list, all are watched. The
    /// write namespace always is.
    /// </summary>
    public static WatchedNamespaces Of(Solo.Gloo.Settings settings, string writeNamespace, CatalogView view)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(view);
        var names = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        names.Add(writeNamespace);
        if (settings.WatchNamespaces.Count > 0)
        {
            if (settings.WatchNamespaces.Contains("")) return All;
            names.UnionWith(settings.WatchNamespaces);
            return new WatchedNamespaces(names.ToImmutable());
        }

        if (settings.WatchNamespaceSelectors.Count == 0) return All;
        var selectors = settings.WatchNamespaceSelectors.Select(LabelSelector.OfNamespaces).ToList();
        foreach (var (key, resource) in view.OfKind(ResourceKinds.Namespace))
        {
            if (selectors.Exists(selector => selector.Matches(resource.Metadata.Labels))) names.Add(key.Name);
        }

        return new WatchedNamespaces(names.ToImmutable());
    }

    /// <summary>Whether resources of this namespace are seen.</summary>
    public bool Contains(string ns) => _names is null || _names.Contains(ns);

    /// <inheritdoc/>
    public bool Equals(WatchedNamespaces? other) =>
        other is not null
        && (ReferenceEquals(_names, other._names)
            || (_names is not null && other._names is not null && _names.SetEquals(other._names)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WatchedNamespaces);

    /// <inheritdoc/>
    public override int GetHashCode() => _names?.Count ?? -1;
}
