using Shouldly;
using Xunit;

namespace Stagedoor.Host.Tests.Bootstrap;

/// <summary>What the real Envoy says about our bootstraps.</summary>
public sealed class EnvoyValidates
{
    public static TheoryData<string> Versions => RealEnvoy.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public Task The_smallest_bootstrap(string version) => ValidateAsync(version, "--role", "ns~gw");

    [Theory]
    [MemberData(nameof(Versions))]
    public Task Every_port_and_delta(string version) => ValidateAsync(
        version, "--role", "ns~gw", "--delta", "--admin-port", "19000", "--stats-port", "8081", "--readiness-port",
        "8082", "--xds", "control.example:9977", "--node-id", "a-1");

    [Theory]
    [MemberData(nameof(Versions))]
    public Task The_charts_bootstrap(string version) => ValidateAsync(
        version, "--role", "gloo-system~gateway-proxy", "--kubernetes");

    private static async Task ValidateAsync(string version, params string[] args)
    {
        var envoy = await RealEnvoy.FindAsync(version);
        var (exitCode, yaml, error) = await CommandLine.RunAsync(["bootstrap", .. args]);
        exitCode.ShouldBe(0, error);
        var said = await RealEnvoy.RunAsync(envoy, "--mode", "validate", "--config-yaml", yaml, "-l", "warning");
        said.ExitCode.ShouldBe(0, said.Error + yaml);
        // Gloo's bootstraps have it, and it still works.
        said.Error.Split('\n').Where(line => line.Contains("[warning]", StringComparison.Ordinal))
            .ShouldAllBe(line => line.Contains("respect_dns_ttl", StringComparison.Ordinal));
    }
}
