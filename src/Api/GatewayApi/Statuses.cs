using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>meta/v1 Condition.</summary>
public sealed record Condition : ApiObject
{
    /// <summary><c>type</c>.</summary>
    [Required, Format(Formats.Text316)]
    public string Type { get; init; } = "";

    /// <summary><c>status</c>.</summary>
    [Required, OneOf("True", "False", "Unknown")]
    public string Status { get; init; } = "";

    /// <summary><c>observedGeneration</c>.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary><c>lastTransitionTime</c>.</summary>
    public string? LastTransitionTime { get; init; }

    /// <summary><c>reason</c>.</summary>
    [Required, Format(Formats.Text1024)]
    public string Reason { get; init; } = "";

    /// <summary><c>message</c>.</summary>
    [Format(Formats.Message)]
    public string? Message { get; init; }
}

/// <summary>What the controllers say of a route, by parent.</summary>
public sealed record RouteStatus : ApiObject
{
    /// <summary><c>parents</c>.</summary>
    [Items(0, 32)]
    public ImmutableArray<RouteParentStatus> Parents { get; init; } = [];
}

/// <summary>What one controller says of a route and a parent.</summary>
public sealed record RouteParentStatus : ApiObject
{
    /// <summary><c>parentRef</c>.</summary>
    [Required]
    public ParentReference ParentRef { get; init; } = new();

    /// <summary><c>controllerName</c>.</summary>
    [Required, Format(Formats.Controller)]
    public string ControllerName { get; init; } = "";

    /// <summary><c>conditions</c>.</summary>
    [Items(0, 8)]
    public ImmutableArray<Condition> Conditions { get; init; } = [];
}

/// <summary>What the controllers say of a policy, by ancestor.</summary>
public sealed record PolicyStatus : ApiObject
{
    /// <summary><c>ancestors</c>.</summary>
    [Items(0, 16)]
    public ImmutableArray<PolicyAncestorStatus> Ancestors { get; init; } = [];
}

/// <summary>What one controller says of a policy and an ancestor.</summary>
public sealed record PolicyAncestorStatus : ApiObject
{
    /// <summary><c>ancestorRef</c>.</summary>
    [Required]
    public ParentReference AncestorRef { get; init; } = new();

    /// <summary><c>controllerName</c>.</summary>
    [Required, Format(Formats.Controller)]
    public string ControllerName { get; init; } = "";

    /// <summary><c>conditions</c>.</summary>
    [Items(0, 8)]
    public ImmutableArray<Condition> Conditions { get; init; } = [];
}
