using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// The reports of one kind, in snapshot order; a report that says the same as before is the same object.
/// </summary>
internal sealed class ReportSection
{
    private Resource[] _items = [];

    /// <summary>The reports.</summary>
    public ResourceReport[] Reports { get; private set; } = [];

    /// <summary>Goes on to these resources. Known ones keep their report, new ones have nothing to report.</summary>
    public void Follow(Resource[] items)
    {
        if (ReferenceEquals(items, _items)) return;
        var reports = new ResourceReport[items.Length];
        for (int i = 0, j = 0; i < items.Length; i++)
        {
            if (j < _items.Length && ReferenceEquals(_items[j], items[i]))
            {
                reports[i] = Reports[j++];
                continue;
            }

            while (j < _items.Length && _items[j].Key < items[i].Key) j++;
            reports[i] = j < _items.Length && _items[j].Key == items[i].Key
                ? Reports[j++]
                : new ResourceReport(items[i].Key, []);
        }

        _items = items;
        Reports = reports;
    }

    /// <summary>Says this of a resource; nothing happens if it is not there.</summary>
    public void Set(in ResourceKey key, ImmutableArray<Diagnostic> diagnostics)
    {
        var index = Listing.Find(_items, key);
        if (index >= 0) Set(index, diagnostics);
    }

    /// <summary>Says this of the resource at a position.</summary>
    public void Set(int index, ImmutableArray<Diagnostic> diagnostics)
    {
        if (!Reports[index].Diagnostics.AsSpan().SequenceEqual(diagnostics.AsSpan()))
            Reports[index] = new ResourceReport(_items[index].Key, diagnostics);
    }
}
