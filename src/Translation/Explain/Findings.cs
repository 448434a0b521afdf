using Stagedoor.Api;

namespace Stagedoor.Translation.Explain;

/// <summary>Collects what is found about one object.</summary>
internal sealed class Findings(ExplainInputs inputs, ResourceKey key)
{
    private readonly List<Place> _places = [];
    private readonly List<MissedGate> _missed = [];

    public ExplainInputs Inputs { get; } = inputs;

    public ResourceKey Key { get; } = key;

    public bool HasPlaces => _places.Count > 0;

    public void Add(Place place) => _places.Add(place);

    public void Miss(MissedGate missed) => _missed.Add(missed);

    /// <summary>
    /// Notes that what refers to the object takes no effect, with the first gate that failed there.
    /// </summary>
    public void MissParent(InputReference reference, Explanation parent)
    {
        var first = parent.FirstGate;
        var why = first is null ? "it takes no effect" : $"it failed at {first.Gate}: {first.Reason}";
        Miss(new MissedGate(
            Gate.Parent, $"{reference.From} refers to it, and takes no effect itself: {why}",
            first?.Hint ?? $"see what 'explain' says of {reference.From}")
        {
            At = reference.From,
            Proxy = first?.Proxy,
        });
    }

    public Explanation ToExplanation() => new(Key)
    {
        Source = Inputs.View.Find(Key)?.Source,
        Places =
        [
            .. _places
                .OrderBy(place => place.Proxy.ToString(), StringComparer.Ordinal)
                .ThenBy(place => place.Gateway ?? default)
                .ThenBy(place => place.Listener, StringComparer.Ordinal)
                .ThenBy(place => place.RouteConfiguration, StringComparer.Ordinal)
                .ThenBy(place => place.VirtualHosts.FirstOrDefault(""), StringComparer.Ordinal),
        ],
        Missed =
        [
            .. _missed.Distinct()
                .OrderByDescending(missed => missed.Gate)
                .ThenBy(missed => missed.Proxy?.ToString(), StringComparer.Ordinal)
                .ThenBy(missed => missed.At ?? default)
                .ThenBy(missed => missed.Reason, StringComparer.Ordinal),
        ],
        Diagnostics = Inputs.DiagnosticsOf(Key),
    };
}
