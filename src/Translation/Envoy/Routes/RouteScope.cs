using System.Collections.Immutable;
using Google.Protobuf;
using Stagedoor.Api;
using Stagedoor.Translation.Validation;

namespace Stagedoor.Translation.Envoy;

/// <summary>One route on its way to Envoy: what its features read, write and report.</summary>
internal sealed class RouteScope(GlooV1.Route input, string name, string field, VirtualHostScope host)
{
    private static readonly GlooV1.RouteOptions None = new();

    /// <summary>The route of the Proxy.</summary>
    public GlooV1.Route Input { get; } = input;

    /// <summary>Its options; empty if it has none.</summary>
    public GlooV1.RouteOptions Options { get; } = input.Options ?? None;

    /// <summary>Its place in the virtual host.</summary>
    public int Index { get; init; }

    /// <summary>Path of it in the Proxy.</summary>
    public string Field { get; } = field;

    /// <summary>The virtual host that it belongs to.</summary>
    public VirtualHostScope Host { get; } = host;

    /// <summary>The route being made, without its match.</summary>
    public EnvoyRoute.Route Output { get; } = new();

    /// <summary>The action on which most options act; null for redirects and direct responses.</summary>
    public EnvoyRoute.RouteAction? Action => Output.Route_;

    /// <summary>Its destinations that name Upstreams.</summary>
    public List<DestinationScope> Destinations { get; } = [];

    /// <summary>What is wrong so far.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>Whether requests must not be served as the route says.</summary>
    public bool IsClosed => Problems.Exists(problem => problem.Severity == Severity.Error);

    /// <summary>Configures a filter for all requests of the route.</summary>
    public void Configure(string filter, IMessage config)
    {
        Output.TypedPerFilterConfig[filter] = AnyTypes.Pack(config);
        Host.Filters.Add(filter);
    }

    /// <summary>The same on each weighted destination, if there are several (envoy-translation 8).</summary>
    public void ConfigurePerDestination(string filter, IMessage config)
    {
        if (Action?.WeightedClusters is null) Configure(filter, config);
        else
            foreach (var destination in Destinations)
                destination.Configure(filter, config);
    }

    /// <summary>An error: the route answers 500 instead.</summary>
    public void Error(string reason, string code = EnvoyCodes.InvalidOption) =>
        Problems.Add(Problem.Error(code, reason));

    /// <summary>A warning: the route is served.</summary>
    public void Warn(string reason, string code = EnvoyCodes.InvalidOption) =>
        Problems.Add(Problem.Warning(code, reason));

    /// <summary>Hands what was found to the virtual host, in the words of Gloo's reports.</summary>
    public void Report()
    {
        if (Problems.Count == 0) return;
        ImmutableArray<ResourceKey> sources = Sources.Of(Input.MetadataStatic, Host.Sources);
        foreach (var problem in Problems.Distinct())
        {
            var type = problem.Code switch
            {
                EnvoyCodes.InvalidMatcher => "InvalidMatcherError",
                _ => problem.Severity == Severity.Error ? "ProcessingError" : "InvalidDestinationWarning",
            };
            var level = problem.Severity == Severity.Error ? "Error" : "Warning";
            Host.Findings.Add(new Finding(
                sources,
                problem with { Message = $"Route {level}: {type}. Reason: {problem.Message}. Route Name: {name}" },
                Field));
        }
    }
}
