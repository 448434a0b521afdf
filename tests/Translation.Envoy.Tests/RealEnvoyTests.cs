using Shouldly;
using Xunit;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>Every golden output is accepted by the real Envoy, of both versions (rule I5).</summary>
public sealed class RealEnvoyTests
{
    [Theory]
    [InlineData("1.40.0")]
    [InlineData("1.36.4")]
    public void Envoy_accepts_every_golden_output(string version)
    {
        var envoy = RealEnvoy.Find(version);
        if (envoy is null && Environment.GetEnvironmentVariable("CI") is null) Assert.Skip($"no Envoy {version} here");

        var rejected = Golden.Cases
            .Select(name => (
                name, why: RealEnvoy.Reject(envoy.ShouldNotBeNull(), Views.Of(Golden.Input(name)).Translate())))
            .Where(result => result.why.Length > 0)
            .Select(result => $"{result.name}: {result.why}");

        rejected.ShouldBeEmpty();
    }
}
