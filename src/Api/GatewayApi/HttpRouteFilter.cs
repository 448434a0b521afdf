using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>Something done to requests or responses.</summary>
public sealed record HttpRouteFilter : ApiObject
{
    /// <summary><c>type</c>.</summary>
    [Required]
    [OneOf("RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "RequestRedirect", "URLRewrite",
        "ExtensionRef", "CORS", "ExternalAuth")]
    public string Type { get; init; } = "";

    /// <summary><c>requestHeaderModifier</c>.</summary>
    public HttpHeaderFilter? RequestHeaderModifier { get; init; }

    /// <summary><c>responseHeaderModifier</c>.</summary>
    public HttpHeaderFilter? ResponseHeaderModifier { get; init; }

    /// <summary><c>requestMirror</c>.</summary>
    public HttpRequestMirrorFilter? RequestMirror { get; init; }

    /// <summary><c>requestRedirect</c>.</summary>
    public HttpRequestRedirectFilter? RequestRedirect { get; init; }

    /// <summary><c>urlRewrite</c>.</summary>
    public HttpUrlRewriteFilter? UrlRewrite { get; init; }

    /// <summary><c>cors</c>.</summary>
    public HttpCorsFilter? Cors { get; init; }

    /// <summary><c>externalAuth</c>.</summary>
    public HttpExternalAuthFilter? ExternalAuth { get; init; }

    /// <summary><c>extensionRef</c>.</summary>
    public LocalObjectReference? ExtensionRef { get; init; }
}

/// <summary>Headers that are set, added and removed, in that order.</summary>
public sealed record HttpHeaderFilter : ApiObject
{
    /// <summary><c>set</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<HttpHeader> Set { get; init; } = [];

    /// <summary><c>add</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<HttpHeader> Add { get; init; } = [];

    /// <summary><c>remove</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<string> Remove { get; init; } = [];
}

/// <summary>A header.</summary>
public sealed record HttpHeader : ApiObject
{
    /// <summary><c>name</c>.</summary>
    [Required, Format(Formats.HeaderName)]
    public string Name { get; init; } = "";

    /// <summary><c>value</c>.</summary>
    [Required, Format(Formats.Header4096)]
    public string Value { get; init; } = "";
}

/// <summary>A backend that gets copies of requests.</summary>
public sealed record HttpRequestMirrorFilter : ApiObject
{
    /// <summary><c>backendRef</c>.</summary>
    [Required]
    public BackendObjectReference BackendRef { get; init; } = new();

    /// <summary><c>percent</c>.</summary>
    [Between(0, 100)]
    public int? Percent { get; init; }

    /// <summary><c>fraction</c>.</summary>
    public Fraction? Fraction { get; init; }
}

/// <summary>A share.</summary>
public sealed record Fraction : ApiObject
{
    /// <summary><c>numerator</c>.</summary>
    [Required, Between(0, 2147483647)]
    public int Numerator { get; init; }

    /// <summary><c>denominator</c>.</summary>
    [Between(1, 2147483647)]
    public int Denominator { get; init; } = 100;
}

/// <summary>A redirect.</summary>
public sealed record HttpRequestRedirectFilter : ApiObject
{
    /// <summary><c>scheme</c>.</summary>
    [OneOf("http", "https")]
    public string? Scheme { get; init; }

    /// <summary><c>hostname</c>.</summary>
    [Format(Formats.PreciseHostname)]
    public string? Hostname { get; init; }

    /// <summary><c>path</c>.</summary>
    public HttpPathModifier? Path { get; init; }

    /// <summary><c>port</c>.</summary>
    [Between(1, 65535)]
    public int? Port { get; init; }

    /// <summary><c>statusCode</c>.</summary>
    [Between(301, 308)]
    public int StatusCode { get; init; } = 302;
}

/// <summary>A rewrite of host and path.</summary>
public sealed record HttpUrlRewriteFilter : ApiObject
{
    /// <summary><c>hostname</c>.</summary>
    [Format(Formats.PreciseHostname)]
    public string? Hostname { get; init; }

    /// <summary><c>path</c>.</summary>
    public HttpPathModifier? Path { get; init; }
}

/// <summary>A change of the path.</summary>
public sealed record HttpPathModifier : ApiObject
{
    /// <summary><c>type</c>.</summary>
    [Required, OneOf("ReplaceFullPath", "ReplacePrefixMatch")]
    public string Type { get; init; } = "";

    /// <summary><c>replaceFullPath</c>.</summary>
    [Format(Formats.Text1024)]
    public string? ReplaceFullPath { get; init; }

    /// <summary><c>replacePrefixMatch</c>.</summary>
    [Format(Formats.Text1024)]
    public string? ReplacePrefixMatch { get; init; }
}

/// <summary>Cross-origin requests.</summary>
public sealed record HttpCorsFilter : ApiObject
{
    /// <summary><c>allowOrigins</c>.</summary>
    [Format(Formats.CorsOrigin), Items(0, 64)]
    public ImmutableArray<string> AllowOrigins { get; init; } = [];

    /// <summary><c>allowCredentials</c>.</summary>
    public bool? AllowCredentials { get; init; }

    /// <summary><c>allowMethods</c>.</summary>
    [Format(Formats.Method), Items(0, 9)]
    public ImmutableArray<string> AllowMethods { get; init; } = [];

    /// <summary><c>allowHeaders</c>.</summary>
    [Format(Formats.HeaderName), Items(0, 64)]
    public ImmutableArray<string> AllowHeaders { get; init; } = [];

    /// <summary><c>exposeHeaders</c>.</summary>
    [Format(Formats.HeaderName), Items(0, 64)]
    public ImmutableArray<string> ExposeHeaders { get; init; } = [];

    /// <summary><c>maxAge</c>: seconds.</summary>
    [Between(1, 2147483647)]
    public int MaxAge { get; init; } = 5;
}

/// <summary>An external server that decides on requests.</summary>
public sealed record HttpExternalAuthFilter : ApiObject
{
    /// <summary><c>protocol</c>.</summary>
    [Required, OneOf("HTTP", "GRPC")]
    public string Protocol { get; init; } = "";

    /// <summary><c>backendRef</c>.</summary>
    [Required]
    public BackendObjectReference BackendRef { get; init; } = new();

    /// <summary><c>grpc</c>.</summary>
    public GrpcAuthConfig? Grpc { get; init; }

    /// <summary><c>http</c>.</summary>
    public HttpAuthConfig? Http { get; init; }

    /// <summary><c>forwardBody</c>.</summary>
    public ForwardBodyConfig? ForwardBody { get; init; }
}

/// <summary>What a gRPC authorisation server gets.</summary>
public sealed record GrpcAuthConfig : ApiObject
{
    /// <summary><c>allowedHeaders</c>.</summary>
    [Items(0, 64)]
    public ImmutableArray<string> AllowedHeaders { get; init; } = [];
}

/// <summary>What an HTTP authorisation server gets and may answer.</summary>
public sealed record HttpAuthConfig : ApiObject
{
    /// <summary><c>path</c>.</summary>
    [Format(Formats.AuthPath)]
    public string? Path { get; init; }

    /// <summary><c>allowedHeaders</c>.</summary>
    [Items(0, 64)]
    public ImmutableArray<string> AllowedHeaders { get; init; } = [];

    /// <summary><c>allowedResponseHeaders</c>.</summary>
    [Items(0, 64)]
    public ImmutableArray<string> AllowedResponseHeaders { get; init; } = [];
}

/// <summary>How much of the body the authorisation server gets.</summary>
public sealed record ForwardBodyConfig : ApiObject
{
    /// <summary><c>maxSize</c>: bytes.</summary>
    [Between(0, 65535)]
    public int? MaxSize { get; init; }
}
