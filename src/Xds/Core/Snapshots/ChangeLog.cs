using System.Collections.Immutable;

namespace Stagedoor.Xds;

/// <summary>
/// The names that changed with each of the last snapshots of a node: a session that is a few of them behind learns from
/// it what is new, however many resources there are. Immutable.
/// </summary>
internal sealed class ChangeLog
{
    /// <summary>No step.</summary>
    public static readonly ChangeLog Empty = new([]);

    private const int MaxSteps = 128;
    private const int MaxNames = 4096;

    private readonly ImmutableArray<Step> _steps;

    private ChangeLog(ImmutableArray<Step> steps) => _steps = steps;

    /// <summary>The log with one more step.</summary>
    /// <param name="from">The generation that was changed.</param>
    /// <param name="names">The changed names by type.</param>
    public ChangeLog Add(Generation from, ImmutableArray<string>[] names)
    {
        var count = 0;
        foreach (var each in names) count += each.Length;
        // Comparing is no dearer than reading a long list.
        if (count > MaxNames) return Empty;
        var skip = _steps.Length >= MaxSteps ? MaxSteps / 2 : 0;
        return new ChangeLog([.. _steps.AsSpan()[skip..], new Step(from, names)]);
    }

    /// <summary>
    /// The names of a type that changed since a generation, some perhaps more than once; null: it is too long ago.
    /// </summary>
    public IEnumerable<string>? Since(XdsType type, Generation seen)
    {
        for (var at = _steps.Length - 1; at >= 0; at--)
        {
            if (_steps[at].From == seen) return Names(type, at);
        }

        return null;
    }

    private IEnumerable<string> Names(XdsType type, int at) =>
        at == _steps.Length - 1
            ? _steps[at].Names[(int)type]
            : _steps.Skip(at).SelectMany(step => step.Names[(int)type]).Distinct(StringComparer.Ordinal);

    private sealed record Step(Generation From, ImmutableArray<string>[] Names);
}
