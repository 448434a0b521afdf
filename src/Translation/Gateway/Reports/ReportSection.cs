using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// The reports of one kind, ordered by key; a report that says the same as before is the same object.
/// </summary>
internal sealed class ReportSection
{
    private readonly List<ResourceReport> _reports = [];

    /// <summary>The number of reports.</summary>
    public int Count => _reports.Count;

    /// <summary>Writes the reports to an array.</summary>
    public void CopyTo(ResourceReport[] target, int index) => _reports.CopyTo(target, index);

    /// <summary>Says this of a resource; whether that is new.</summary>
    public bool Set(in ResourceKey key, ImmutableArray<Diagnostic> diagnostics)
    {
        var index = IndexOf(key);
        if (index < 0)
        {
            _reports.Insert(~index, new ResourceReport(key, diagnostics));
            return true;
        }

        if (_reports[index].Diagnostics.AsSpan().SequenceEqual(diagnostics.AsSpan())) return false;
        _reports[index] = new ResourceReport(key, diagnostics);
        return true;
    }

    /// <summary>Says nothing of a resource any more; whether anything was said.</summary>
    public bool Remove(in ResourceKey key)
    {
        var index = IndexOf(key);
        if (index < 0) return false;
        _reports.RemoveAt(index);
        return true;
    }

    /// <summary>Keeps the reports of these resources only; whether there were others.</summary>
    public bool Retain(IReadOnlySet<ResourceKey> keys) =>
        _reports.RemoveAll(report => !keys.Contains(report.Resource)) > 0;

    /// <summary>Whether the reports are those of exactly these resources.</summary>
    public bool Covers(IReadOnlySet<ResourceKey> keys) =>
        keys.Count == _reports.Count && _reports.TrueForAll(report => keys.Contains(report.Resource));

    private int IndexOf(in ResourceKey key)
    {
        if (_reports.Count == 0 || _reports[^1].Resource < key) return ~_reports.Count;
        var low = 0;
        var high = _reports.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = _reports[middle].Resource.CompareTo(key);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
