using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>gateway.networking.k8s.io ListenerSet (and XListenerSet): listeners that are added to a Gateway.</summary>
public sealed record ListenerSet : ApiObject
{
    /// <summary><c>spec</c>.</summary>
    [Required]
    public ListenerSetSpec Spec { get; init; } = new();

    /// <summary><c>status</c>.</summary>
    public ListenerSetStatus? Status { get; init; }
}

/// <summary>What a ListenerSet asks for.</summary>
public sealed record ListenerSetSpec : ApiObject
{
    /// <summary><c>parentRef</c>.</summary>
    [Required]
    public ParentGatewayReference ParentRef { get; init; } = new();

    /// <summary><c>listeners</c>.</summary>
    [Required, Items(1, 64)]
    public ImmutableArray<Listener> Listeners { get; init; } = [];
}

/// <summary>The Gateway that a ListenerSet belongs to.</summary>
public sealed record ParentGatewayReference : ApiObject
{
    /// <summary><c>group</c>.</summary>
    [Format(Formats.Group)]
    public string Group { get; init; } = "gateway.networking.k8s.io";

    /// <summary><c>kind</c>.</summary>
    [Format(Formats.Kind)]
    public string Kind { get; init; } = "Gateway";

    /// <summary><c>name</c>.</summary>
    [Required, Format(Formats.ObjectName)]
    public string Name { get; init; } = "";

    /// <summary><c>namespace</c>.</summary>
    [Format(Formats.Namespace)]
    public string? Namespace { get; init; }
}

/// <summary>What the controller says of a ListenerSet.</summary>
public sealed record ListenerSetStatus : ApiObject
{
    /// <summary><c>conditions</c>.</summary>
    [Items(0, 8)]
    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary><c>listeners</c>.</summary>
    [Items(0, 64)]
    public ImmutableArray<ListenerStatus> Listeners { get; init; } = [];
}
