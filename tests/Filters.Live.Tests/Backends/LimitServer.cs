using Envoy.Service.Ratelimit.V3;
using Grpc.Core;
using OverallCode = Envoy.Service.Ratelimit.V3.RateLimitResponse.Types.Code;

namespace Stagedoor.Filters.Live.Tests;

/// <summary>Is over the limit of every descriptor with the value <c>blocked</c>; answers how many there were.</summary>
internal sealed class LimitServer : RateLimitService.RateLimitServiceBase
{
    public override Task<RateLimitResponse> ShouldRateLimit(RateLimitRequest request, ServerCallContext context)
    {
        var isOver = request.Descriptors.Any(descriptor => descriptor.Entries.Any(entry => entry.Value == "blocked"));
        var text = string.Join(";", request.Descriptors.Select(descriptor =>
            string.Join(",", descriptor.Entries.Select(entry => $"{entry.Key}={entry.Value}"))));
        return Task.FromResult(new RateLimitResponse
        {
            OverallCode = isOver ? OverallCode.OverLimit : OverallCode.Ok,
            RequestHeadersToAdd =
            {
                new Envoy.Config.Core.V3.HeaderValue { Key = "x-descriptors", Value = $"{request.Domain}:{text}" },
            },
        });
    }
}
