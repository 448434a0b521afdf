using System.Collections;
using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Stagedoor.Xds.Sessions;

/// <summary>
/// Names that a client asked for. Clients of one proxy ask for the same ones, often thousands: sessions with equal sets
/// share one, and keep only what they differ in.
/// </summary>
/// <param name="maxOwn">How many names a session keeps for itself before it looks for a set to share.</param>
internal sealed class NameSet(int maxOwn = 128) : IReadOnlyCollection<string>
{
    private static readonly ConcurrentDictionary<UInt128, WeakReference<HashSet<string>>> Shared = new();
    private static readonly HashSet<string> Nothing = new(StringComparer.Ordinal);

    private readonly HashSet<string> _added = new(StringComparer.Ordinal);
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private HashSet<string> _base = Nothing;

    /// <inheritdoc/>
    public int Count => _base.Count - _removed.Count + _added.Count;

    /// <summary>The set that is shared with other sessions; it never changes.</summary>
    public IReadOnlyCollection<string> Base => _base;

    public bool Contains(string name) => _added.Contains(name) || (_base.Contains(name) && !_removed.Contains(name));

    /// <summary>Adds a name; false: it was there.</summary>
    public bool Add(string name) => _base.Contains(name) ? _removed.Remove(name) : _added.Add(name);

    /// <summary>Removes a name; false: it was not there.</summary>
    public bool Remove(string name) => _added.Remove(name) || (_base.Contains(name) && _removed.Add(name));

    /// <summary>Keeps only these.</summary>
    public void IntersectWith(HashSet<string> names)
    {
        _added.IntersectWith(names);
        foreach (var name in _base)
        {
            if (!names.Contains(name)) _removed.Add(name);
        }
    }

    /// <summary>To be called after a request: shares what has become too many to keep.</summary>
    public void Share()
    {
        if (_added.Count + _removed.Count <= maxOwn) return;
        var all = new HashSet<string>(this, StringComparer.Ordinal);
        var key = Hash(all);
        var isNew = new WeakReference<HashSet<string>>(all);
        if (!Shared.GetOrAdd(key, isNew).TryGetTarget(out var shared) || !shared.SetEquals(all))
        {
            Forget();
            Shared[key] = isNew;
            shared = all;
        }

        _base = shared;
        _added.Clear();
        _removed.Clear();
        _added.TrimExcess();
        _removed.TrimExcess();
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator()
    {
        foreach (var name in _base)
        {
            if (!_removed.Contains(name)) yield return name;
        }

        foreach (var name in _added) yield return name;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static void Forget()
    {
        foreach (var (key, set) in Shared)
        {
            if (!set.TryGetTarget(out _)) Shared.TryRemove(key, out _);
        }
    }

    // Whatever their order.
    private static UInt128 Hash(HashSet<string> names)
    {
        UInt128 sum = 0;
        foreach (var name in names)
            sum = unchecked(sum + XxHash128.HashToUInt128(MemoryMarshal.AsBytes(name.AsSpan())));
        return sum;
    }
}
