using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Translation.Validation;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// The filters of one HTTP filter chain on their way to Envoy: what its features read, add and report.
/// </summary>
/// <param name="http">The HTTP listener of the chain.</param>
/// <param name="view">The inputs.</param>
/// <param name="needs">Where to report the clusters that a filter talks to.</param>
/// <param name="used">Names of the filters that virtual hosts, routes or destinations of the chain configure.</param>
/// <param name="problems">Where to report.</param>
internal sealed class FilterChainScope(
    GlooV1.HttpListener http, TrackedView view, ListenerNeeds needs, IReadOnlySet<string> used, List<Problem> problems)
{
    private static readonly GlooV1.HttpListenerOptions None = new();

    /// <summary>The listener.</summary>
    public GlooV1.HttpListener Input { get; } = http;

    /// <summary>Its virtual hosts.</summary>
    public IReadOnlyList<GlooV1.VirtualHost> Hosts { get; init; } = http.VirtualHosts;

    /// <summary>Its options; empty if it has none.</summary>
    public GlooV1.HttpListenerOptions Options { get; } = http.Options ?? None;

    /// <summary>The inputs.</summary>
    public TrackedView View { get; } = view;

    /// <summary>The Upstreams and clusters that filters talk to.</summary>
    public ListenerNeeds Needs { get; } = needs;

    /// <summary>HTTP filters but for the router, which is always last.</summary>
    public StagedFilters Filters { get; } = new();

    /// <summary>Network filters before the connection manager.</summary>
    public StagedFilters Network { get; } = new();

    /// <summary>Filters of the router, which act on each attempt; without the codec, which is always last.</summary>
    public StagedFilters Upstream { get; } = new();

    /// <summary>Whether a route, virtual host or destination of the chain configures the filter.</summary>
    public bool IsUsed(string filter) => used.Contains(filter);

    /// <summary>
    /// Whether a filter without configuration of its own has to be there: always by default, so that the first route
    /// that uses it does not change the listener, which would drain its connections.
    /// </summary>
    public bool Wants(string filter) => View.Settings.Gloo?.RemoveUnusedFilters != true || IsUsed(filter);

    /// <summary>Adds an HTTP filter.</summary>
    public void Add(FilterSlot slot, string name, IMessage config) => Filters.Add(slot, name, AnyTypes.Pack(config));

    /// <summary>An error: the option is left out, the listener is served.</summary>
    public void Error(string reason, string code = EnvoyCodes.InvalidOption) =>
        problems.Add(Problem.Error(code, reason));

    /// <summary>A warning.</summary>
    public void Warn(string reason, string code = EnvoyCodes.InvalidOption) =>
        problems.Add(Problem.Warning(code, reason));

    /// <summary>Reports what a shared check found.</summary>
    public void Report(IEnumerable<Problem> found) => problems.AddRange(found);

    /// <summary>A message with its filter name.</summary>
    public static EnvoyHcm.HttpFilter Filter(string name, Any config) => new() { Name = name, TypedConfig = config };
}
