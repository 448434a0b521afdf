using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>gateway.networking.k8s.io GatewayClass: which controller looks after a kind of Gateways.</summary>
public sealed record GatewayClass : ApiObject
{
    /// <summary><c>spec</c>.</summary>
    [Required]
    public GatewayClassSpec Spec { get; init; } = new();

    /// <summary><c>status</c>.</summary>
    public GatewayClassStatus? Status { get; init; }
}

/// <summary>What a GatewayClass asks for.</summary>
public sealed record GatewayClassSpec : ApiObject
{
    /// <summary><c>controllerName</c>: the controller, as <c>domain/path</c>.</summary>
    [Required, Format(Formats.Controller)]
    public string ControllerName { get; init; } = "";

    /// <summary><c>description</c>.</summary>
    [Format(Formats.Text64)]
    public string? Description { get; init; }

    /// <summary><c>parametersRef</c>.</summary>
    public ParametersReference? ParametersRef { get; init; }
}

/// <summary>What the controller says of a GatewayClass.</summary>
public sealed record GatewayClassStatus : ApiObject
{
    /// <summary><c>conditions</c>.</summary>
    [Items(0, 8)]
    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary><c>supportedFeatures</c>.</summary>
    [Items(0, 64)]
    public ImmutableArray<SupportedFeature> SupportedFeatures { get; init; } = [];
}

/// <summary>A feature that the controller supports.</summary>
public sealed record SupportedFeature : ApiObject
{
    /// <summary><c>name</c>.</summary>
    [Required]
    public string Name { get; init; } = "";
}

/// <summary>An object with parameters, in any namespace.</summary>
public sealed record ParametersReference : ApiObject
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

    /// <summary><c>namespace</c>.</summary>
    [Format(Formats.Namespace)]
    public string? Namespace { get; init; }
}
