using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>What a request must be like, in all respects.</summary>
public sealed record HttpRouteMatch : ApiObject
{
    /// <summary><c>path</c>.</summary>
    public HttpPathMatch Path { get; init; } = new();

    /// <summary><c>headers</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<HttpHeaderMatch> Headers { get; init; } = [];

    /// <summary><c>queryParams</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<HttpQueryParamMatch> QueryParams { get; init; } = [];

    /// <summary><c>method</c>.</summary>
    [OneOf("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH")]
    public string? Method { get; init; }
}

/// <summary>A match of the path.</summary>
public sealed record HttpPathMatch : ApiObject
{
    /// <summary><c>type</c>.</summary>
    [OneOf("Exact", "PathPrefix", "RegularExpression")]
    public string Type { get; init; } = "PathPrefix";

    /// <summary><c>value</c>.</summary>
    [Format(Formats.Text1024)]
    public string Value { get; init; } = "/";
}

/// <summary>A match of a header.</summary>
public sealed record HttpHeaderMatch : ApiObject
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

/// <summary>A match of a query parameter.</summary>
public sealed record HttpQueryParamMatch : ApiObject
{
    /// <summary><c>type</c>.</summary>
    [OneOf("Exact", "RegularExpression")]
    public string Type { get; init; } = "Exact";

    /// <summary><c>name</c>.</summary>
    [Required, Format(Formats.HeaderName)]
    public string Name { get; init; } = "";

    /// <summary><c>value</c>.</summary>
    [Required, Format(Formats.Query1024)]
    public string Value { get; init; } = "";
}
