using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>gateway.networking.k8s.io TLSRoute.</summary>
public sealed record TlsRoute : ApiObject
{
    /// <summary><c>spec</c>.</summary>
    [Required]
    public TlsRouteSpec Spec { get; init; } = new();

    /// <summary><c>status</c>.</summary>
    public RouteStatus? Status { get; init; }
}

/// <summary>What a TLSRoute asks for.</summary>
public sealed record TlsRouteSpec : CommonRouteSpec
{
    /// <summary><c>hostnames</c>.</summary>
    [Format(Formats.Hostname), Items(0, 16)]
    public ImmutableArray<string> Hostnames { get; init; } = [];

    /// <summary><c>rules</c>.</summary>
    [Required, Items(1, 16)]
    public ImmutableArray<TlsRouteRule> Rules { get; init; } = [];
}

/// <summary>Backends.</summary>
public sealed record TlsRouteRule : ApiObject
{
    /// <summary><c>name</c>.</summary>
    [Format(Formats.SectionName)]
    public string? Name { get; init; }

    /// <summary><c>backendRefs</c>.</summary>
    [Required, Items(1, 16)]
    public ImmutableArray<BackendRef> BackendRefs { get; init; } = [];
}

/// <summary>gateway.networking.k8s.io TCPRoute.</summary>
public sealed record TcpRoute : ApiObject
{
    /// <summary><c>spec</c>.</summary>
    [Required]
    public TcpRouteSpec Spec { get; init; } = new();

    /// <summary><c>status</c>.</summary>
    public RouteStatus? Status { get; init; }
}

/// <summary>What a TCPRoute asks for.</summary>
public sealed record TcpRouteSpec : CommonRouteSpec
{
    /// <summary><c>rules</c>.</summary>
    [Required, Items(1, 16)]
    public ImmutableArray<TcpRouteRule> Rules { get; init; } = [];
}

/// <summary>Backends.</summary>
public sealed record TcpRouteRule : ApiObject
{
    /// <summary><c>name</c>.</summary>
    [Format(Formats.SectionName)]
    public string? Name { get; init; }

    /// <summary><c>backendRefs</c>.</summary>
    [Required, Items(1, 16)]
    public ImmutableArray<BackendRef> BackendRefs { get; init; } = [];
}

/// <summary>gateway.networking.k8s.io UDPRoute.</summary>
public sealed record UdpRoute : ApiObject
{
    /// <summary><c>spec</c>.</summary>
    [Required]
    public UdpRouteSpec Spec { get; init; } = new();

    /// <summary><c>status</c>.</summary>
    public RouteStatus? Status { get; init; }
}

/// <summary>What a UDPRoute asks for.</summary>
public sealed record UdpRouteSpec : CommonRouteSpec
{
    /// <summary><c>rules</c>.</summary>
    [Required, Items(1, 16)]
    public ImmutableArray<UdpRouteRule> Rules { get; init; } = [];
}

/// <summary>Backends.</summary>
public sealed record UdpRouteRule : ApiObject
{
    /// <summary><c>name</c>.</summary>
    [Format(Formats.SectionName)]
    public string? Name { get; init; }

    /// <summary><c>backendRefs</c>.</summary>
    [Required, Items(1, 16)]
    public ImmutableArray<BackendRef> BackendRefs { get; init; } = [];
}
