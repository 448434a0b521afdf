namespace Stagedoor.Xds.Sessions;

/// <summary>
/// Which names of a type a client wants (rule R10): all of them, if it asked for <c>*</c> or has never named anything
/// on this stream; else those it named. An empty name is the name of nothing: it only says that names are meant.
/// </summary>
internal sealed class Subscription
{
    private const string All = "*";

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _named;

    /// <summary>Whether all names are wanted.</summary>
    public bool Wildcard { get; private set; }

    /// <summary>How many names are wanted by name.</summary>
    public int Count => _names.Count;

    /// <summary>Whether nothing is wanted.</summary>
    public bool IsEmpty => !Wildcard && _names.Count == 0;

    /// <summary>The names that are wanted by name.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>Whether this name is wanted.</summary>
    public bool Contains(string name) => Wildcard || _names.Contains(name);

    /// <summary>Whether all of these are wanted.</summary>
    public bool ContainsAll(IReadOnlyList<SentItem> items)
    {
        if (Wildcard) return true;
        for (var at = 0; at < items.Count; at++)
        {
            if (!_names.Contains(items[at].Name)) return false;
        }

        return true;
    }

    /// <summary>
    /// Takes the changes of a delta request; what is to be sent because it was asked for, also if it was before (rule
    /// R12).
    /// </summary>
    public Growth Change(IReadOnlyList<string> subscribe, IReadOnlyList<string> unsubscribe, bool isFirst)
    {
        if (!isFirst && subscribe.Count == 0 && unsubscribe.Count == 0) return new Growth(false, [], false);
        var wasWildcard = Wildcard;
        if (isFirst && subscribe.Count == 0) Wildcard = true;
        foreach (var name in subscribe)
        {
            if (name == All) Wildcard = true;
            else if (name.Length > 0) _names.Add(name);
        }

        var shrunk = false;
        foreach (var name in unsubscribe)
        {
            shrunk = true;
            if (name == All) Wildcard = false;
            else _names.Remove(name);
        }

        return new Growth(
            Wildcard && !wasWildcard, [.. subscribe.Where(name => name.Length > 0 && name != All)], shrunk);
    }

    /// <summary>
    /// Takes from an outdated state-of-the-world request only which names it wants no more: if a later one wants them
    /// again, the client has forgotten them meanwhile. True if there are any.
    /// </summary>
    public bool Retain(IReadOnlyList<string> names)
    {
        var count = _names.Count;
        if (count > 0) _names.IntersectWith(names);
        return _names.Count < count;
    }

    /// <summary>
    /// Takes the complete list of a state-of-the-world request; what is wanted now and was not before.
    /// </summary>
    public Growth Replace(IReadOnlyList<string> names)
    {
        var wasWildcard = Wildcard;
        if (names.Count > 0) _named = true;
        Wildcard = !_named;
        var added = new List<string>();
        var wanted = new HashSet<string>(names.Count, StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (name == All) Wildcard = true;
            else if (name.Length > 0 && wanted.Add(name) && !_names.Contains(name)) added.Add(name);
        }

        var removed = _names.Count + added.Count != wanted.Count;
        if (removed) _names.IntersectWith(wanted);
        foreach (var name in added) _names.Add(name);
        if (_names.Count == 0) _names.TrimExcess();
        return new Growth(Wildcard && !wasWildcard, added, removed || (wasWildcard && !Wildcard));
    }
}

/// <summary>How a subscription changed.</summary>
/// <param name="All">All names are wanted, which was not so before.</param>
/// <param name="Names">Names that were not wanted by name before.</param>
/// <param name="Shrunk">Whether names are wanted no more.</param>
internal readonly record struct Growth(bool All, IReadOnlyList<string> Names, bool Shrunk);
