using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>One listener of a Gateway or ListenerSet.</summary>
public sealed record Listener : ApiObject
{
    /// <summary><c>name</c>.</summary>
    [Required, Format(Formats.SectionName)]
    public string Name { get; init; } = "";

    /// <summary><c>hostname</c>.</summary>
    [Format(Formats.Hostname)]
    public string? Hostname { get; init; }

    /// <summary><c>port</c>.</summary>
    [Required, Between(1, 65535)]
    public int Port { get; init; }

    /// <summary><c>protocol</c>.</summary>
    [Required, Format(Formats.ProtocolType)]
    public string Protocol { get; init; } = "";

    /// <summary><c>tls</c>.</summary>
    public ListenerTlsConfig? Tls { get; init; }

    /// <summary><c>allowedRoutes</c>.</summary>
    public AllowedRoutes AllowedRoutes { get; init; } = new();
}

/// <summary>TLS of a listener.</summary>
public sealed record ListenerTlsConfig : ApiObject
{
    /// <summary><c>mode</c>.</summary>
    [OneOf("Terminate", "Passthrough")]
    public string Mode { get; init; } = "Terminate";

    /// <summary><c>certificateRefs</c>.</summary>
    [Items(0, 64)]
    public ImmutableArray<SecretObjectReference> CertificateRefs { get; init; } = [];

    /// <summary><c>options</c>.</summary>
    [Format(Formats.AnnotationValue), Items(0, 16)]
    public ImmutableSortedDictionary<string, string> Options { get; init; } = NoStrings;
}

/// <summary>Which routes may attach to a listener.</summary>
public sealed record AllowedRoutes : ApiObject
{
    /// <summary><c>namespaces</c>.</summary>
    public RouteNamespaces Namespaces { get; init; } = new();

    /// <summary><c>kinds</c>: all that suit the protocol if empty.</summary>
    [Items(0, 8)]
    public ImmutableArray<RouteGroupKind> Kinds { get; init; } = [];
}

/// <summary>The namespaces whose routes may attach.</summary>
public sealed record RouteNamespaces : ApiObject
{
    /// <summary><c>from</c>.</summary>
    [OneOf("All", "Selector", "Same")]
    public string From { get; init; } = "Same";

    /// <summary><c>selector</c>.</summary>
    public LabelSelector? Selector { get; init; }
}

/// <summary>A kind of route.</summary>
public sealed record RouteGroupKind : ApiObject
{
    /// <summary><c>group</c>.</summary>
    [Format(Formats.Group)]
    public string Group { get; init; } = "gateway.networking.k8s.io";

    /// <summary><c>kind</c>.</summary>
    [Required, Format(Formats.Kind)]
    public string Kind { get; init; } = "";
}

/// <summary>Which ListenerSets may add listeners to a Gateway.</summary>
public sealed record AllowedListeners : ApiObject
{
    /// <summary><c>namespaces</c>.</summary>
    public ListenerNamespaces Namespaces { get; init; } = new();
}

/// <summary>The namespaces whose ListenerSets may attach.</summary>
public sealed record ListenerNamespaces : ApiObject
{
    /// <summary><c>from</c>.</summary>
    [OneOf("All", "Selector", "Same", "None")]
    public string From { get; init; } = "None";

    /// <summary><c>selector</c>.</summary>
    public LabelSelector? Selector { get; init; }
}
