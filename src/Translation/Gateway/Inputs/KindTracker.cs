using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>The watched resources of one kind, and how they differ from those of the view before.</summary>
internal sealed class KindTracker(ResourceKind kind)
{
    /// <summary>The resources in snapshot order.</summary>
    public Resource[] Items { get; private set; } = [];

    /// <summary>What changed with the last view.</summary>
    public List<ResourceChange> Changes { get; } = [];

    /// <summary>Whether keys were added or removed with the last view.</summary>
    public bool KeysChanged { get; private set; }

    /// <summary>Goes on to the next view.</summary>
    public void Advance(CatalogView view, WatchedNamespaces watched)
    {
        var before = Items;
        Changes.Clear();
        KeysChanged = false;
        Items = Listing.Of(view, kind);
        if (!watched.IsAll) Items = Array.FindAll(Items, resource => watched.Contains(resource.Key.Namespace));
        if (!ReferenceEquals(before, Items)) Compare(before, Items);
    }

    /// <summary>The watched resource with this name, or null.</summary>
    public Resource? Find(string ns, string name)
    {
        var index = Listing.Find(Items, ResourceKey.Of(kind, ns, name));
        return index >= 0 ? Items[index] : null;
    }

    private void Compare(Resource[] before, Resource[] after)
    {
        int i = 0, j = 0;
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && ReferenceEquals(before[i], after[j]))
            {
                i++;
                j++;
                continue;
            }

            var order = i == before.Length ? 1 : j == after.Length ? -1 : before[i].Key.CompareTo(after[j].Key);
            var change = new ResourceChange(order <= 0 ? before[i] : null, order >= 0 ? after[j] : null);
            if (order <= 0) i++;
            if (order >= 0) j++;
            Changes.Add(change);
            KeysChanged |= change.IsAddOrRemove;
        }
    }
}
