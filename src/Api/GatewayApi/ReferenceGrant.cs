using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>gateway.networking.k8s.io ReferenceGrant: objects of other namespaces may refer to ones of this.</summary>
public sealed record ReferenceGrant : ApiObject
{
    /// <summary><c>spec</c>.</summary>
    public ReferenceGrantSpec? Spec { get; init; }
}

/// <summary>Who may refer to what.</summary>
public sealed record ReferenceGrantSpec : ApiObject
{
    /// <summary><c>from</c>.</summary>
    [Required, Items(1, 16)]
    public ImmutableArray<ReferenceGrantFrom> From { get; init; } = [];

    /// <summary><c>to</c>.</summary>
    [Required, Items(1, 16)]
    public ImmutableArray<ReferenceGrantTo> To { get; init; } = [];
}

/// <summary>Who may refer.</summary>
public sealed record ReferenceGrantFrom : ApiObject
{
    /// <summary><c>group</c>.</summary>
    [Required, Format(Formats.Group)]
    public string Group { get; init; } = "";

    /// <summary><c>kind</c>.</summary>
    [Required, Format(Formats.Kind)]
    public string Kind { get; init; } = "";

    /// <summary><c>namespace</c>.</summary>
    [Required, Format(Formats.Namespace)]
    public string Namespace { get; init; } = "";
}

/// <summary>What may be referred to.</summary>
public sealed record ReferenceGrantTo : ApiObject
{
    /// <summary><c>group</c>.</summary>
    [Required, Format(Formats.Group)]
    public string Group { get; init; } = "";

    /// <summary><c>kind</c>.</summary>
    [Required, Format(Formats.Kind)]
    public string Kind { get; init; } = "";

    /// <summary><c>name</c>.</summary>
    [Format(Formats.ObjectName)]
    public string? Name { get; init; }
}
