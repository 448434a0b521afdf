using System.Collections.Immutable;

namespace Stagedoor.Translation.RouteCheck;

/// <summary>What becomes of a request.</summary>
public enum RouteOutcomeKind
{
    /// <summary>It is sent to a cluster.</summary>
    Cluster,

    /// <summary>It is answered with a redirect.</summary>
    Redirect,

    /// <summary>It is answered by the route.</summary>
    DirectResponse,

    /// <summary>No virtual host or no route takes it: 404.</summary>
    NotFound,

    /// <summary>Envoy refuses it: 400.</summary>
    BadRequest,
}

/// <summary>A cluster that a request may be sent to.</summary>
/// <param name="Cluster">Name.</param>
/// <param name="Weight">Its part of <see cref="RouteOutcome.TotalWeight"/>.</param>
public sealed record RouteTarget(string Cluster, uint Weight)
{
    /// <summary>
    /// Headers of the request as they leave Envoy, as far as routing changes them; names in lower case.
    /// </summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> RequestHeaders { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Host as it leaves Envoy; null if the endpoint's name decides.</summary>
    public string? Host { get; init; }
}

/// <summary>What Envoy does with a request, and which parts of the configuration decide it.</summary>
/// <param name="Kind">What.</param>
public sealed record RouteOutcome(RouteOutcomeKind Kind)
{
    /// <summary>Name of the virtual host; null if none takes the request.</summary>
    public string? VirtualHost { get; init; }

    /// <summary>The domain by which the virtual host was found.</summary>
    public string? Domain { get; init; }

    /// <summary>Name of the route; null if none takes the request.</summary>
    public string? Route { get; init; }

    /// <summary>Number of the route in its virtual host.</summary>
    public int RouteIndex { get; init; } = -1;

    /// <summary>Status of the answer, where Envoy gives it.</summary>
    public int Status { get; init; }

    /// <summary>Body of a direct response.</summary>
    public string Body { get; init; } = "";

    /// <summary>Where a redirect leads.</summary>
    public string? Location { get; init; }

    /// <summary>Path and query as they leave Envoy.</summary>
    public string Path { get; init; } = "";

    /// <summary>The clusters that may get the request; one, unless it is split by weight.</summary>
    public ImmutableArray<RouteTarget> Targets { get; init; } = [];

    /// <summary>Sum of the weights.</summary>
    public uint TotalWeight { get; init; } = 1;

    /// <summary>Headers that routing adds to the answer, or sets, in order.</summary>
    public ImmutableArray<HeaderChange> ResponseHeaders { get; init; } = [];

    /// <summary>Names of filters that the virtual host, route or cluster configures in its own way.</summary>
    public ImmutableArray<string> FilterOverrides { get; init; } = [];

    /// <summary>What this check does not know of the configuration: matchers and values that depend on more.</summary>
    public ImmutableArray<string> Unknown { get; init; } = [];
}

/// <summary>One change of a header.</summary>
/// <param name="Name">Name in lower case.</param>
/// <param name="Value">The value; null if the header is removed.</param>
/// <param name="Action">What is done: <c>append</c>, <c>overwrite</c>, <c>add if absent</c> and the like.</param>
public sealed record HeaderChange(string Name, string? Value, string Action);
