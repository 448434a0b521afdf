using System.Collections.Immutable;

namespace Stagedoor.Translation.Envoy;

/// <summary>What many pieces name, each once and in order, kept in step as pieces come and go.</summary>
internal sealed class CountedSet<T>(IComparer<T> order) where T : notnull
{
    private const int FewChanges = 32;

    private readonly Dictionary<T, int> _counts = [];
    private readonly HashSet<T> _changed = [];
    private ImmutableArray<T> _items = [];

    /// <summary>The items in order; the same array as long as they are the same.</summary>
    public ImmutableArray<T> Items
    {
        get
        {
            if (_changed.Count > 0) Follow();
            return _items;
        }
    }

    /// <summary>One more piece names it.</summary>
    public void Add(T item)
    {
        var count = _counts.GetValueOrDefault(item);
        _counts[item] = count + 1;
        if (count == 0) _changed.Add(item);
    }

    /// <summary>One piece less names it.</summary>
    public void Remove(T item)
    {
        var count = _counts.GetValueOrDefault(item);
        if (count > 1)
        {
            _counts[item] = count - 1;
        }
        else
        {
            _counts.Remove(item);
            _changed.Add(item);
        }
    }

    private void Follow()
    {
        if (_changed.Count > FewChanges)
        {
            var all = _counts.Keys.ToArray();
            Array.Sort(all, order);
            _items = ImmutableArray.Create(all);
        }
        else
        {
            foreach (var item in _changed)
            {
                var index = _items.BinarySearch(item, order);
                if (index < 0 && _counts.ContainsKey(item)) _items = _items.Insert(~index, item);
                else if (index >= 0 && !_counts.ContainsKey(item)) _items = _items.RemoveAt(index);
            }
        }

        _changed.Clear();
    }
}
