using Shouldly;
using Xunit;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>Every golden output is accepted by the real Envoy, of both versions (rule I5).</summary>
public sealed class RealEnvoyTests
{
    // What these say is refused for reasons of the machine that they would run on.
    private static readonly Dictionary<string, string> Excepted = new()
    {
        ["tls-files"] = "refers to files of the proxy's machine",
    };

    [Theory]
    [InlineData("1.40.0")]
    [InlineData("1.36.4")]
    public void Envoy_accepts_every_golden_output(string version)
    {
        var envoy = RealEnvoy.Find(version);
        if (envoy is null && Environment.GetEnvironmentVariable("CI") is null) Assert.Skip($"no Envoy {version} here");

        var rejected = Golden.Cases
            .Where(name => !Excepted.ContainsKey(name))
            .Select(name => (
                name, why: RealEnvoy.Reject(envoy.ShouldNotBeNull(), Views.Of(Golden.Input(name)).Translate())))
            .Where(result => result.why.Length > 0)
            .Select(result => $"{result.name}: {result.why}");

        rejected.ShouldBeEmpty();
    }
}
