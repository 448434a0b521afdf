using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>gateway.networking.k8s.io Gateway: listeners of one fleet of proxies.</summary>
public sealed record Gateway : ApiObject
{
    /// <summary><c>spec</c>.</summary>
    [Required]
    public GatewaySpec Spec { get; init; } = new();

    /// <summary><c>status</c>.</summary>
    public GatewayStatus? Status { get; init; }
}

/// <summary>What a Gateway asks for.</summary>
public sealed record GatewaySpec : ApiObject
{
    /// <summary><c>gatewayClassName</c>.</summary>
    [Required, Format(Formats.ObjectName)]
    public string GatewayClassName { get; init; } = "";

    /// <summary><c>listeners</c>.</summary>
    [Required, Items(1, 64)]
    public ImmutableArray<Listener> Listeners { get; init; } = [];

    /// <summary><c>addresses</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<GatewaySpecAddress> Addresses { get; init; } = [];

    /// <summary><c>allowedListeners</c>: which ListenerSets may add listeners; none if not set.</summary>
    public AllowedListeners? AllowedListeners { get; init; }

    /// <summary><c>defaultScope</c>: whether routes without parents may use it as a default.</summary>
    [OneOf("All", "None")]
    public string? DefaultScope { get; init; }

    /// <summary><c>infrastructure</c>.</summary>
    public GatewayInfrastructure? Infrastructure { get; init; }

    /// <summary><c>tls</c>: of all listeners: client certificates, and that of the proxies.</summary>
    public GatewayTlsConfig? Tls { get; init; }
}

/// <summary>An address that a Gateway asks for.</summary>
public sealed record GatewaySpecAddress : ApiObject
{
    /// <summary><c>type</c>.</summary>
    [Format(Formats.AddressType)]
    public string Type { get; init; } = "IPAddress";

    /// <summary><c>value</c>.</summary>
    [Format(Formats.Text253)]
    public string? Value { get; init; }
}

/// <summary>What is made for a Gateway.</summary>
public sealed record GatewayInfrastructure : ApiObject
{
    /// <summary><c>annotations</c>.</summary>
    [Format(Formats.AnnotationValue), Items(0, 8)]
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = NoStrings;

    /// <summary><c>labels</c>.</summary>
    [Format(Formats.LabelValue), Items(0, 8)]
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = NoStrings;

    /// <summary><c>parametersRef</c>.</summary>
    public LocalParametersReference? ParametersRef { get; init; }
}

/// <summary>An object with parameters in the namespace of the Gateway.</summary>
public sealed record LocalParametersReference : ApiObject
{
    /// <summary><c>group</c>.</summary>
    [Required, Format(Formats.Group)]
    public string Group { get; init; } = "";

    /// <summary><c>kind</c>.</summary>
    [Required, Format(Formats.Kind)]
    public string Kind { get; init; } = "";

    /// <summary><c>name</c>.</summary>
    [Required, Format(Formats.ObjectName)]
    public string Name { get; init; } = "";
}

/// <summary>What the controller says of a Gateway.</summary>
public sealed record GatewayStatus : ApiObject
{
    /// <summary><c>addresses</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<GatewayStatusAddress> Addresses { get; init; } = [];

    /// <summary><c>attachedListenerSets</c>.</summary>
    public int? AttachedListenerSets { get; init; }

    /// <summary><c>conditions</c>.</summary>
    [Items(0, 8)]
    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary><c>listeners</c>.</summary>
    [Items(0, 64)]
    public ImmutableArray<ListenerStatus> Listeners { get; init; } = [];
}

/// <summary>An address that a Gateway has.</summary>
public sealed record GatewayStatusAddress : ApiObject
{
    /// <summary><c>type</c>.</summary>
    [Format(Formats.AddressType)]
    public string Type { get; init; } = "IPAddress";

    /// <summary><c>value</c>.</summary>
    [Required, Format(Formats.Text253)]
    public string Value { get; init; } = "";
}

/// <summary>What the controller says of a listener.</summary>
public sealed record ListenerStatus : ApiObject
{
    /// <summary><c>name</c>.</summary>
    [Required, Format(Formats.SectionName)]
    public string Name { get; init; } = "";

    /// <summary><c>supportedKinds</c>.</summary>
    [Items(0, 8)]
    public ImmutableArray<RouteGroupKind> SupportedKinds { get; init; } = [];

    /// <summary><c>attachedRoutes</c>.</summary>
    public int? AttachedRoutes { get; init; }

    /// <summary><c>conditions</c>.</summary>
    [Items(0, 8)]
    public ImmutableArray<Condition> Conditions { get; init; } = [];
}
