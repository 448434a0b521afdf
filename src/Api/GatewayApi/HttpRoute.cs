using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>gateway.networking.k8s.io HTTPRoute.</summary>
public sealed record HttpRoute : ApiObject
{
    /// <summary><c>spec</c>.</summary>
    [Required]
    public HttpRouteSpec Spec { get; init; } = new();

    /// <summary><c>status</c>.</summary>
    public RouteStatus? Status { get; init; }
}

/// <summary>What an HTTPRoute asks for.</summary>
public sealed record HttpRouteSpec : CommonRouteSpec
{
    /// <summary><c>hostnames</c>.</summary>
    [Format(Formats.Hostname), Items(0, 16)]
    public ImmutableArray<string> Hostnames { get; init; } = [];

    /// <summary><c>rules</c>.</summary>
    [Items(1, 16)]
    public ImmutableArray<HttpRouteRule> Rules { get; init; } = [new HttpRouteRule()];
}

/// <summary>What every route has.</summary>
public abstract record CommonRouteSpec : ApiObject
{
    /// <summary><c>parentRefs</c>.</summary>
    [Items(0, 32)]
    public ImmutableArray<ParentReference> ParentRefs { get; init; } = [];

    /// <summary><c>useDefaultGateways</c>.</summary>
    [OneOf("All", "None")]
    public string? UseDefaultGateways { get; init; }
}

/// <summary>Matches, filters and backends.</summary>
public sealed record HttpRouteRule : ApiObject
{
    /// <summary><c>name</c>.</summary>
    [Format(Formats.SectionName)]
    public string? Name { get; init; }

    /// <summary><c>matches</c>.</summary>
    [Items(0, 64)]
    public ImmutableArray<HttpRouteMatch> Matches { get; init; } = [new HttpRouteMatch()];

    /// <summary><c>filters</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<HttpRouteFilter> Filters { get; init; } = [];

    /// <summary><c>backendRefs</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<HttpBackendRef> BackendRefs { get; init; } = [];

    /// <summary><c>timeouts</c>.</summary>
    public HttpRouteTimeouts? Timeouts { get; init; }

    /// <summary><c>retry</c>.</summary>
    public HttpRouteRetry? Retry { get; init; }

    /// <summary><c>sessionPersistence</c>.</summary>
    public SessionPersistence? SessionPersistence { get; init; }
}

/// <summary>A backend with filters of its own.</summary>
public sealed record HttpBackendRef : BackendRef
{
    /// <summary><c>filters</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<HttpRouteFilter> Filters { get; init; } = [];
}

/// <summary>How long a request may take.</summary>
public sealed record HttpRouteTimeouts : ApiObject
{
    /// <summary><c>request</c>.</summary>
    [Format(Formats.Duration)]
    public string? Request { get; init; }

    /// <summary><c>backendRequest</c>.</summary>
    [Format(Formats.Duration)]
    public string? BackendRequest { get; init; }
}

/// <summary>When and how often a request is repeated.</summary>
public sealed record HttpRouteRetry : ApiObject
{
    /// <summary><c>codes</c>.</summary>
    [Between(400, 599)]
    public ImmutableArray<int> Codes { get; init; } = [];

    /// <summary><c>attempts</c>.</summary>
    public int? Attempts { get; init; }

    /// <summary><c>backoff</c>.</summary>
    [Format(Formats.Duration)]
    public string? Backoff { get; init; }
}

/// <summary>How a session is kept with its backend.</summary>
public sealed record SessionPersistence : ApiObject
{
    /// <summary><c>sessionName</c>.</summary>
    [Format(Formats.Text128)]
    public string? SessionName { get; init; }

    /// <summary><c>absoluteTimeout</c>.</summary>
    [Format(Formats.Duration)]
    public string? AbsoluteTimeout { get; init; }

    /// <summary><c>idleTimeout</c>.</summary>
    [Format(Formats.Duration)]
    public string? IdleTimeout { get; init; }

    /// <summary><c>type</c>.</summary>
    [OneOf("Cookie", "Header")]
    public string Type { get; init; } = "Cookie";

    /// <summary><c>cookieConfig</c>.</summary>
    public CookieConfig? CookieConfig { get; init; }
}

/// <summary>The cookie of a session.</summary>
public sealed record CookieConfig : ApiObject
{
    /// <summary><c>lifetimeType</c>.</summary>
    [OneOf("Permanent", "Session")]
    public string LifetimeType { get; init; } = "Session";
}
