using Stagedoor.Translation.Explain;

namespace Stagedoor.Host.Commands.Explaining;

/// <summary>An explanation in plain words: what the admin API answers and <c>stagedoor explain</c> prints.</summary>
internal sealed record ExplanationView(
    string Kind,
    string Namespace,
    string Name,
    string? Source,
    bool TakesEffect,
    IReadOnlyList<ExplanationView.PlaceView> Places,
    ExplanationView.GateView? FirstGate,
    IReadOnlyList<ExplanationView.GateView> Missed,
    IReadOnlyList<ExplanationView.SaidView> Diagnostics)
{
    private const int MaxMissed = 100;

    /// <summary>One place.</summary>
    public sealed record PlaceView(
        string Proxy, string? Gateway, string Listener, string RouteConfiguration, IReadOnlyList<string> VirtualHosts,
        IReadOnlyList<string> Domains, IReadOnlyList<string> Routes, IReadOnlyList<string> Clusters,
        IReadOnlyList<string> By);

    /// <summary>One gate that was not passed.</summary>
    public sealed record GateView(string Gate, string? Proxy, string? At, string Reason, string Hint);

    /// <summary>One thing that is said of the object.</summary>
    public sealed record SaidView(string Code, string Severity, string Message, string? Field, string? Source);

    /// <summary>The words of an explanation.</summary>
    public static ExplanationView Of(Explanation explanation) => new(
        explanation.Resource.Kind,
        explanation.Resource.Namespace,
        explanation.Resource.Name,
        explanation.Source?.ToString(),
        !explanation.Places.IsEmpty,
        [.. explanation.Places.Select(View)],
        explanation.FirstGate is { } first ? View(first) : null,
        [.. explanation.Missed.Take(MaxMissed).Select(View)],
        [
            .. explanation.Diagnostics.Select(said => new SaidView(
                said.Code, said.Severity.ToString().ToLowerInvariant(), said.Message, said.Field,
                said.Source?.ToString())),
        ]);

    private static PlaceView View(Place place) => new(
        place.Proxy.ToString(), place.Gateway?.ToString(), place.Listener, place.RouteConfiguration,
        place.VirtualHosts, place.Domains, place.Routes, place.Clusters, place.By);

    private static GateView View(MissedGate missed) => new(
        missed.Gate.ToString(), missed.Proxy?.ToString(), missed.At?.ToString(), missed.Reason, missed.Hint);
}
