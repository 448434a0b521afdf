using Microsoft.Extensions.Logging;
using Shouldly;
using Stagedoor.Host.Envoys;
using Xunit;

namespace Stagedoor.Host.Tests.Envoys;

public sealed class EnvoyLogLineTests
{
    [Theory]
    [InlineData("[2026-11-24 15:56:15.236][11735][warning][config] [a.cc:23] no", LogLevel.Warning,
        "[config] [a.cc:23] no")]
    [InlineData("[2026-11-24 15:56:15.236][11735][critical][main] [a.cc:23] x", LogLevel.Critical,
        "[main] [a.cc:23] x")]
    [InlineData("[t][1][warning][misc] [a.cc:2] Deprecated field: x", LogLevel.Debug,
        "[misc] [a.cc:2] Deprecated field: x")]
    [InlineData("[t][1][warning][main] [a.cc:2] caught ENVOY_SIGTERM", LogLevel.Debug,
        "[main] [a.cc:2] caught ENVOY_SIGTERM")]
    [InlineData("free text", LogLevel.Information, "free text")]
    public void Level_and_text_are_read(string line, LogLevel level, string text) =>
        EnvoyLogLine.Parse(line).ShouldBe(new EnvoyLogLine(level, text));

    [Fact]
    public void A_line_that_goes_on_has_the_level_of_the_one_before() =>
        EnvoyLogLine.Parse("  and this is why", LogLevel.Warning).Level.ShouldBe(LogLevel.Warning);

    [Theory]
    [InlineData("a -----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY----- b", "a (private key) b")]
    [InlineData("a -----BEGIN EC PRIVATE KEY-----\\nMIIEcut off", "a (private key)")]
    public void Private_keys_are_not_repeated(string line, string text) =>
        EnvoyLogLine.Parse(line).Text.ShouldBe(text);

    [Fact]
    public void A_line_is_cut() => EnvoyLogLine.Parse(new string('x', 100_000)).Text.Length.ShouldBeLessThan(5000);
}
