using System.Globalization;
using Shouldly;
using Stagedoor.Host.Serving;
using Stagedoor.Xds.Server;
using Xunit;

namespace Stagedoor.Host.Tests.Serving;

public sealed class XdsSettingTests
{
    [Fact]
    public void The_documentation_lists_every_limit_with_its_default()
    {
        var text = File.ReadAllText(Path.Combine(RealEnvoy.Repository(), "docs", "xds.md"));

        foreach (var limit in XdsSetting.All)
        {
            text.ShouldContain(string.Create(
                CultureInfo.InvariantCulture,
                $"| `{limit.Setting.Option}` | {limit.Get(new XdsServerOptions())} | "));
        }
    }

    [Fact]
    public void A_limit_that_is_set_changes_no_other()
    {
        foreach (var limit in XdsSetting.All)
        {
            var options = new XdsServerOptions();
            limit.Set(options, limit.Get(options) + 1);
            foreach (var other in XdsSetting.All.Where(other => other != limit))
                other.Get(options).ShouldBe(other.Get(new XdsServerOptions()), other.Setting.Name);
        }
    }

    [Theory]
    [InlineData("SD6002", "--xds-tls-cert", "tls.crt")]
    [InlineData("SD6002", "--xds-client-ca", "ca.crt")]
    [InlineData("SD6002", "--xds-identity", "a=b")]
    [InlineData("SD6002", "--xds-tls-cert", "c", "--xds-tls-key", "k", "--xds-client-ca", "ca", "--xds-identity", "x")]
    [InlineData("SD6002", "--xds-tls-cert", "c", "--xds-tls-key", "k", "--with-envoy")]
    [InlineData("SD4014", "--xds-tls-cert", "/nowhere/tls.crt", "--xds-tls-key", "/nowhere/tls.key")]
    public async Task Options_that_do_not_fit_together_are_named(string code, params string[] args)
    {
        using var folder = new TemporaryFolder();
        folder.Write("config/petstore.yaml", SmallFolder.Petstore);

        var (exitCode, _, error) = await CommandLine.RunAsync(
        [
            "serve", "--config", folder.At("config"), "--data", folder.At("data"), "--xds-port", "0",
            "--admin-port", "0", .. args,
        ]);

        exitCode.ShouldBe(1);
        error.ShouldContain(code);
    }
}
