using System.Collections.Frozen;
using Envoy.Extensions.Retry.Priority.PreviousPriorities.V3;
using Stagedoor.Translation.Validation;
using GlooPolicy = Solo.Gloo.Options.Retries.RetryPolicy;
using ResetHeaderFormat = Envoy.Config.Route.V3.RetryPolicy.Types.ResetHeaderFormat;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>retries</c> of routes and virtual hosts (envoy-translation 4.7).</summary>
internal static class Retries
{
    private static readonly FrozenSet<string> Conditions = new[]
    {
        "5xx", "gateway-error", "reset", "reset-before-request", "connect-failure", "envoy-ratelimited",
        "retriable-4xx", "refused-stream", "retriable-status-codes", "retriable-headers",
        "http3-post-connect-failure", "cancelled", "deadline-exceeded", "internal", "resource-exhausted",
        "unavailable",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static void OnRoute(RouteScope route)
    {
        if (route.Action is { } action && route.Options.Retries is { } policy)
            action.RetryPolicy = Translate(policy, route.Problems);
    }

    public static void OnVirtualHost(VirtualHostScope host, List<Problem> problems)
    {
        if (host.Input.Options?.Retries is { } policy) host.Output.RetryPolicy = Translate(policy, problems);
    }

    private static EnvoyRoute.RetryPolicy Translate(GlooPolicy input, List<Problem> problems)
    {
        var output = new EnvoyRoute.RetryPolicy
        {
            RetryOn = input.RetryOn,
            NumRetries = input.NumRetries == 0 ? 1 : input.NumRetries,
            PerTryTimeout = input.PerTryTimeout,
            RetriableStatusCodes = { input.RetriableStatusCodes },
        };
        foreach (
            var condition in input.RetryOn.Split(
                ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (!Conditions.Contains(condition))
                problems.Add(
                    Problem.Warning(EnvoyCodes.InvalidOption, $"retries.retryOn: Envoy does not know '{condition}'"));
        if (input.PerTryTimeout is { } timeout && !Durations.IsValid(timeout))
            Error(problems, "perTryTimeout must not be negative");
        if (input.RetriableStatusCodes.Any(code => code is < 100 or > 599))
            Error(problems, "retriableStatusCodes must be between 100 and 599");
        if (input.PreviousPriorities is { } previous)
        {
            if (previous.UpdateFrequency is 0) Error(problems, "previousPriorities.updateFrequency must be at least 1");
            output.RetryPriority = new EnvoyRoute.RetryPolicy.Types.RetryPriority
            {
                Name = "envoy.retry_priorities.previous_priorities",
                TypedConfig = AnyTypes.Pack(
                    new PreviousPrioritiesConfig { UpdateFrequency = (int)(previous.UpdateFrequency ?? 1) }),
            };
        }

        BackOff(input, output, problems);
        RateLimited(input, output, problems);
        return output;
    }

    private static void BackOff(GlooPolicy input, EnvoyRoute.RetryPolicy output, List<Problem> problems)
    {
        if (input.RetryBackOff is not { } backOff || (backOff.BaseInterval is null && backOff.MaxInterval is null))
            return;
        if (backOff.BaseInterval is null)
            Error(problems, "retryBackOff.baseInterval is required with maxInterval");
        else if (!Durations.IsValid(backOff.BaseInterval) || Durations.Milliseconds(backOff.BaseInterval) < 1)
            Error(problems, "retryBackOff.baseInterval must be at least 1 ms");
        if (backOff.MaxInterval is { } max)
        {
            if (!Durations.IsValid(max) || Durations.Milliseconds(max) < 1)
                Error(problems, "retryBackOff.maxInterval must be at least 1 ms");
            else if (backOff.BaseInterval is { } least && Durations.Milliseconds(least) > Durations.Milliseconds(max))
                Error(problems, "retryBackOff.baseInterval must be at most maxInterval");
        }

        output.RetryBackOff = new EnvoyRoute.RetryPolicy.Types.RetryBackOff
        {
            BaseInterval = backOff.BaseInterval,
            MaxInterval = backOff.MaxInterval,
        };
    }

    private static void RateLimited(GlooPolicy input, EnvoyRoute.RetryPolicy output, List<Problem> problems)
    {
        if (input.RateLimitedRetryBackOff is not { } backOff) return;
        output.RateLimitedRetryBackOff = new EnvoyRoute.RetryPolicy.Types.RateLimitedRetryBackOff
        {
            MaxInterval = backOff.MaxInterval,
        };
        if (backOff.ResetHeaders.Count == 0) Error(problems, "rateLimitedRetryBackOff.resetHeaders must not be empty");
        if (backOff.MaxInterval is { } max && !Durations.IsPositive(max))
            Error(problems, "rateLimitedRetryBackOff.maxInterval must be greater than 0");
        foreach (var header in backOff.ResetHeaders)
        {
            if (!HeaderChecks.IsToken(header.Name))
                Error(problems, "rateLimitedRetryBackOff.resetHeaders: not a header's name");
            output.RateLimitedRetryBackOff.ResetHeaders.Add(new EnvoyRoute.RetryPolicy.Types.ResetHeader
            {
                Name = header.Name,
                Format = (ResetHeaderFormat)(int)header.Format,
            });
        }
    }

    private static void Error(List<Problem> problems, string reason) =>
        problems.Add(Problem.Error(EnvoyCodes.InvalidOption, "retries." + reason));
}
