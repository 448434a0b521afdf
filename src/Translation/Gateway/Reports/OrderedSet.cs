using System.Collections.Immutable;

namespace Stagedoor.Translation.Gateway;

/// <summary>A list without repetitions.</summary>
internal sealed class OrderedSet<T>
{
    private readonly HashSet<T> _seen = [];
    private readonly ImmutableArray<T>.Builder _items = ImmutableArray.CreateBuilder<T>();

    public OrderedSet()
    {
    }

    public OrderedSet(ImmutableArray<T> items) => AddRange(items);

    public void Add(T item)
    {
        if (_seen.Add(item)) _items.Add(item);
    }

    public void AddRange(ImmutableArray<T> items)
    {
        foreach (var item in items) Add(item);
    }

    public ImmutableArray<T> ToImmutable() => _items.ToImmutable();
}
