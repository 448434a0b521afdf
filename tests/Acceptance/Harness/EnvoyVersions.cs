using System.Collections.Concurrent;
using Xunit;

namespace Stagedoor.Acceptance.Harness;

/// <summary>The Envoys that every test of the whole system runs with.</summary>
public static class EnvoyVersions
{
    private static readonly ConcurrentDictionary<string, Task<CommandResult>> Found = new();

    /// <summary>The newest release and the oldest one at hand.</summary>
    public static TheoryData<string> All { get; } = ["1.40.0", "1.36.4"];

    /// <summary>The executable; without one the test fails where <c>CI</c> is set and is skipped elsewhere.</summary>
    internal static async Task<string> ExecutableAsync(string version)
    {
        var result = await Found.GetOrAdd(
            version,
            v => Command.RunAsync("bash", [Repository.PathOf("eng", "envoy"), v], deadline: TimeSpan.FromMinutes(5)));
        if (result.ExitCode == 3 && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
            Assert.Skip(result.Errors);
        return result.ExitCode == 0
            ? result.Output.Trim()
            : throw new InvalidOperationException($"no Envoy {version}: {result.Errors}");
    }
}
