using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>gateway.networking.x-k8s.io XBackendTrafficPolicy: retry budget and session persistence.</summary>
public sealed record BackendTrafficPolicy : ApiObject
{
    /// <summary><c>spec</c>.</summary>
    [Required]
    public BackendTrafficPolicySpec Spec { get; init; } = new();

    /// <summary><c>status</c>.</summary>
    public PolicyStatus? Status { get; init; }
}

/// <summary>What an XBackendTrafficPolicy asks for.</summary>
public sealed record BackendTrafficPolicySpec : ApiObject
{
    /// <summary><c>targetRefs</c>.</summary>
    [Required, Items(1, 16)]
    public ImmutableArray<LocalPolicyTargetReference> TargetRefs { get; init; } = [];

    /// <summary><c>retryConstraint</c>.</summary>
    public RetryConstraint? RetryConstraint { get; init; }

    /// <summary><c>sessionPersistence</c>.</summary>
    public SessionPersistence? SessionPersistence { get; init; }
}

/// <summary>How much of the traffic may be retries.</summary>
public sealed record RetryConstraint : ApiObject
{
    /// <summary><c>budget</c>.</summary>
    public BudgetDetails? Budget { get; init; }

    /// <summary><c>minRetryRate</c>.</summary>
    public RequestRate? MinRetryRate { get; init; }
}

/// <summary>The share of retries.</summary>
public sealed record BudgetDetails : ApiObject
{
    /// <summary><c>percent</c>.</summary>
    [Between(0, 100)]
    public int Percent { get; init; } = 20;

    /// <summary><c>interval</c>.</summary>
    [Format(Formats.Duration)]
    public string Interval { get; init; } = "10s";
}

/// <summary>The number of retries that is always allowed.</summary>
public sealed record RequestRate : ApiObject
{
    /// <summary><c>count</c>.</summary>
    [Between(1, 1000000)]
    public int Count { get; init; } = 10;

    /// <summary><c>interval</c>.</summary>
    [Format(Formats.Duration)]
    public string Interval { get; init; } = "1s";
}
