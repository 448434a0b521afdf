using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>gateway.networking.k8s.io GRPCRoute.</summary>
public sealed record GrpcRoute : ApiObject
{
    /// <summary><c>spec</c>.</summary>
    [Required]
    public GrpcRouteSpec Spec { get; init; } = new();

    /// <summary><c>status</c>.</summary>
    public RouteStatus? Status { get; init; }
}

/// <summary>What a GRPCRoute asks for.</summary>
public sealed record GrpcRouteSpec : CommonRouteSpec
{
    /// <summary><c>hostnames</c>.</summary>
    [Format(Formats.Hostname), Items(0, 16)]
    public ImmutableArray<string> Hostnames { get; init; } = [];

    /// <summary><c>rules</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<GrpcRouteRule> Rules { get; init; } = [];
}

/// <summary>Matches, filters and backends.</summary>
public sealed record GrpcRouteRule : ApiObject
{
    /// <summary><c>name</c>.</summary>
    [Format(Formats.SectionName)]
    public string? Name { get; init; }

    /// <summary><c>matches</c>.</summary>
    [Items(0, 64)]
    public ImmutableArray<GrpcRouteMatch> Matches { get; init; } = [];

    /// <summary><c>filters</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<GrpcRouteFilter> Filters { get; init; } = [];

    /// <summary><c>backendRefs</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<GrpcBackendRef> BackendRefs { get; init; } = [];

    /// <summary><c>sessionPersistence</c>.</summary>
    public SessionPersistence? SessionPersistence { get; init; }
}

/// <summary>What a call must be like, in all respects.</summary>
public sealed record GrpcRouteMatch : ApiObject
{
    /// <summary><c>method</c>.</summary>
    public GrpcMethodMatch? Method { get; init; }

    /// <summary><c>headers</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<GrpcHeaderMatch> Headers { get; init; } = [];
}

/// <summary>A match of service and method.</summary>
public sealed record GrpcMethodMatch : ApiObject
{
    /// <summary><c>type</c>.</summary>
    [OneOf("Exact", "RegularExpression")]
    public string Type { get; init; } = "Exact";

    /// <summary><c>service</c>.</summary>
    [Format(Formats.Text1024)]
    public string? Service { get; init; }

    /// <summary><c>method</c>.</summary>
    [Format(Formats.Text1024)]
    public string? Method { get; init; }
}

/// <summary>A match of a header.</summary>
public sealed record GrpcHeaderMatch : ApiObject
{
    /// <summary><c>type</c>.</summary>
    [OneOf("Exact", "RegularExpression")]
    public string Type { get; init; } = "Exact";

    /// <summary><c>name</c>.</summary>
    [Required, Format(Formats.HeaderName)]
    public string Name { get; init; } = "";

    /// <summary><c>value</c>.</summary>
    [Required, Format(Formats.Header4096)]
    public string Value { get; init; } = "";
}

/// <summary>Something done to calls.</summary>
public sealed record GrpcRouteFilter : ApiObject
{
    /// <summary><c>type</c>.</summary>
    [Required, OneOf("ResponseHeaderModifier", "RequestHeaderModifier", "RequestMirror", "ExtensionRef")]
    public string Type { get; init; } = "";

    /// <summary><c>requestHeaderModifier</c>.</summary>
    public HttpHeaderFilter? RequestHeaderModifier { get; init; }

    /// <summary><c>responseHeaderModifier</c>.</summary>
    public HttpHeaderFilter? ResponseHeaderModifier { get; init; }

    /// <summary><c>requestMirror</c>.</summary>
    public HttpRequestMirrorFilter? RequestMirror { get; init; }

    /// <summary><c>extensionRef</c>.</summary>
    public LocalObjectReference? ExtensionRef { get; init; }
}

/// <summary>A backend with filters of its own.</summary>
public sealed record GrpcBackendRef : BackendRef
{
    /// <summary><c>filters</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<GrpcRouteFilter> Filters { get; init; } = [];
}
