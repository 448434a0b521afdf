using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>An object of a kind, in any namespace.</summary>
public sealed record ObjectReference : ApiObject
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

/// <summary>An object in the same namespace.</summary>
public sealed record LocalObjectReference : ApiObject
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

/// <summary>A Secret, or something like it.</summary>
public sealed record SecretObjectReference : ApiObject
{
    /// <summary><c>group</c>.</summary>
    [Format(Formats.Group)]
    public string Group { get; init; } = "";

    /// <summary><c>kind</c>.</summary>
    [Format(Formats.Kind)]
    public string Kind { get; init; } = "Secret";

    /// <summary><c>name</c>.</summary>
    [Required, Format(Formats.ObjectName)]
    public string Name { get; init; } = "";

    /// <summary><c>namespace</c>.</summary>
    [Format(Formats.Namespace)]
    public string? Namespace { get; init; }
}

/// <summary>What traffic goes to.</summary>
public record BackendObjectReference : ApiObject
{
    /// <summary><c>group</c>.</summary>
    [Format(Formats.Group)]
    public string Group { get; init; } = "";

    /// <summary><c>kind</c>.</summary>
    [Format(Formats.Kind)]
    public string Kind { get; init; } = "Service";

    /// <summary><c>name</c>.</summary>
    [Required, Format(Formats.ObjectName)]
    public string Name { get; init; } = "";

    /// <summary><c>namespace</c>.</summary>
    [Format(Formats.Namespace)]
    public string? Namespace { get; init; }

    /// <summary><c>port</c>: needed for a Service.</summary>
    [Between(1, 65535)]
    public int? Port { get; init; }
}

/// <summary>What traffic goes to, with its share.</summary>
public record BackendRef : BackendObjectReference
{
    /// <summary><c>weight</c>: the share among the rule's backends.</summary>
    [Between(0, 1000000)]
    public int Weight { get; init; } = 1;
}

/// <summary>What a route attaches to.</summary>
public sealed record ParentReference : ApiObject
{
    /// <summary><c>group</c>.</summary>
    [Format(Formats.Group)]
    public string Group { get; init; } = "gateway.networking.k8s.io";

    /// <summary><c>kind</c>.</summary>
    [Format(Formats.Kind)]
    public string Kind { get; init; } = "Gateway";

    /// <summary><c>namespace</c>.</summary>
    [Format(Formats.Namespace)]
    public string? Namespace { get; init; }

    /// <summary><c>name</c>.</summary>
    [Required, Format(Formats.ObjectName)]
    public string Name { get; init; } = "";

    /// <summary><c>sectionName</c>.</summary>
    [Format(Formats.SectionName)]
    public string? SectionName { get; init; }

    /// <summary><c>port</c>.</summary>
    [Between(1, 65535)]
    public int? Port { get; init; }
}

/// <summary>meta/v1 LabelSelector.</summary>
public sealed record LabelSelector : ApiObject
{
    /// <summary><c>matchLabels</c>.</summary>
    public ImmutableSortedDictionary<string, string> MatchLabels { get; init; } = NoStrings;

    /// <summary><c>matchExpressions</c>.</summary>
    public ImmutableArray<LabelSelectorRequirement> MatchExpressions { get; init; } = [];
}

/// <summary>One requirement of a selector.</summary>
public sealed record LabelSelectorRequirement : ApiObject
{
    /// <summary><c>key</c>.</summary>
    [Required]
    public string Key { get; init; } = "";

    /// <summary><c>operator</c>.</summary>
    [Required, OneOf("In", "NotIn", "Exists", "DoesNotExist")]
    public string Operator { get; init; } = "";

    /// <summary><c>values</c>.</summary>
    public ImmutableArray<string> Values { get; init; } = [];
}
