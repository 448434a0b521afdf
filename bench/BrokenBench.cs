using Stagedoor.Bench.Results;

namespace Stagedoor.Bench;

/// <summary>
/// What one broken file among 1,000 VirtualServices costs the others: nothing, or the start, the propagation and the
/// way through Envoy would differ with it and without it. Both are measured one after the other.
/// </summary>
internal static class BrokenBench
{
    public static async Task RunAsync(Report report, BenchOptions options)
    {
        var sized = options with { Sizes = options.Sizes ?? [1_000] };
        foreach (var bench in new[] { ColdStartBench.RunAsync, PropagationBench.RunAsync, EnvoyBench.RunAsync })
        {
            await bench(report, sized);
            await bench(report, sized with { Broken = true });
        }
    }
}
