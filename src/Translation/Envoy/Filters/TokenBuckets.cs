using GlooBucket = Solo.Gloo.Options.LocalRatelimit.TokenBucket;

namespace Stagedoor.Translation.Envoy;

/// <summary>Token buckets of local rate limits (envoy-translation 9.6).</summary>
internal static class TokenBuckets
{
    private const long LeastFillMilliseconds = 50;

    /// <summary>The bucket; null if it is refused, which is reported.</summary>
    public static EnvoyType.TokenBucket? Of(GlooBucket input, string field, List<Problem> problems)
    {
        var interval = input.FillInterval ?? Durations.Seconds(1);
        var why = input.MaxTokens == 0 ? "maxTokens must be at least 1"
            : input.TokensPerFill is 0 ? "tokensPerFill must be at least 1"
            : !Durations.IsValid(interval) || Durations.Milliseconds(interval) < LeastFillMilliseconds
                ? "fillInterval must be at least 50 ms"
            : null;
        if (why is not null)
        {
            problems.Add(Problem.Error(EnvoyCodes.InvalidOption, $"{field}: {why}"));
            return null;
        }

        return new EnvoyType.TokenBucket
        {
            MaxTokens = input.MaxTokens,
            TokensPerFill = input.TokensPerFill,
            FillInterval = interval,
        };
    }
}
