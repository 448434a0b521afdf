using System.Collections.Immutable;

namespace Stagedoor.Translation.Envoy;

/// <summary>An immutable array in the order of a key, changed at a few places.</summary>
internal sealed class SortedItems<TKey, T>(ImmutableArray<T> items, Func<T, TKey> keyOf)
    where T : class
    where TKey : notnull
{
    private static readonly IComparer<TKey> Order =
        typeof(TKey) == typeof(string) ? (IComparer<TKey>)StringComparer.Ordinal : Comparer<TKey>.Default;

    private ImmutableArray<T>.Builder? _builder;

    private IReadOnlyList<T> Items => _builder is not null ? _builder : items;

    /// <summary>Puts, replaces or, with null, removes the item of a key.</summary>
    public void Set(TKey key, T? item)
    {
        var index = IndexOf(key);
        if (index < 0 && item is null) return;
        if (index >= 0 && ReferenceEquals(Items[index], item)) return;
        if (_builder is null)
        {
            _builder = ImmutableArray.CreateBuilder<T>(items.Length + 1);
            _builder.AddRange(items);
        }

        if (index < 0) _builder.Insert(~index, item!);
        else if (item is null) _builder.RemoveAt(index);
        else _builder[index] = item;
    }

    /// <summary>The array; the one that it began with if nothing differs.</summary>
    public ImmutableArray<T> ToImmutable() => _builder is null ? items : _builder.DrainToImmutable();

    private int IndexOf(TKey key)
    {
        var (low, high) = (0, Items.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = Order.Compare(keyOf(Items[middle]), key);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
