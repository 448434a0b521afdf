using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>gateway.networking.k8s.io BackendTLSPolicy: TLS towards a backend.</summary>
public sealed record BackendTlsPolicy : ApiObject
{
    /// <summary><c>spec</c>.</summary>
    [Required]
    public BackendTlsPolicySpec Spec { get; init; } = new();

    /// <summary><c>status</c>.</summary>
    public PolicyStatus? Status { get; init; }
}

/// <summary>What a BackendTLSPolicy asks for.</summary>
public sealed record BackendTlsPolicySpec : ApiObject
{
    /// <summary><c>targetRefs</c>.</summary>
    [Required, Items(1, 16)]
    public ImmutableArray<LocalPolicyTargetReferenceWithSectionName> TargetRefs { get; init; } = [];

    /// <summary><c>validation</c>.</summary>
    [Required]
    public BackendTlsPolicyValidation Validation { get; init; } = new();

    /// <summary><c>options</c>.</summary>
    [Format(Formats.AnnotationValue), Items(0, 16)]
    public ImmutableSortedDictionary<string, string> Options { get; init; } = NoStrings;
}

/// <summary>How the backend's certificate is checked.</summary>
public sealed record BackendTlsPolicyValidation : ApiObject
{
    /// <summary><c>caCertificateRefs</c>.</summary>
    [Items(0, 8)]
    public ImmutableArray<LocalObjectReference> CaCertificateRefs { get; init; } = [];

    /// <summary><c>wellKnownCACertificates</c>.</summary>
    [Format(Formats.WellKnownCa)]
    public string? WellKnownCACertificates { get; init; }

    /// <summary><c>hostname</c>.</summary>
    [Required, Format(Formats.PreciseHostname)]
    public string Hostname { get; init; } = "";

    /// <summary><c>subjectAltNames</c>.</summary>
    [Items(0, 5)]
    public ImmutableArray<SubjectAltName> SubjectAltNames { get; init; } = [];
}

/// <summary>A name that the certificate may have.</summary>
public sealed record SubjectAltName : ApiObject
{
    /// <summary><c>type</c>.</summary>
    [Required, OneOf("Hostname", "URI")]
    public string Type { get; init; } = "";

    /// <summary><c>hostname</c>.</summary>
    [Format(Formats.Hostname)]
    public string? Hostname { get; init; }

    /// <summary><c>uri</c>.</summary>
    [Format(Formats.AbsoluteUri)]
    public string? Uri { get; init; }
}

/// <summary>What a policy is about, in its namespace.</summary>
public record LocalPolicyTargetReference : ApiObject
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

/// <summary>What a policy is about, or a part of it.</summary>
public sealed record LocalPolicyTargetReferenceWithSectionName : LocalPolicyTargetReference
{
    /// <summary><c>sectionName</c>.</summary>
    [Format(Formats.SectionName)]
    public string? SectionName { get; init; }
}
