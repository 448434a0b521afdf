using System.Globalization;
using System.Runtime.CompilerServices;
using Shouldly;
using Stagedoor.Host.Commands;
using Stagedoor.Host.Serving;
using Stagedoor.Xds.Server;
using Xunit;

namespace Stagedoor.Host.Tests.Serving;

public sealed class XdsSettingTests
{
    public static TheoryData<string> Names => [.. XdsSetting.All.Select(setting => setting.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_limit_is_set_by_its_name_and_changes_nothing_else(string name)
    {
        using var folder = new TemporaryFolder();
        var setting = XdsSetting.All.Single(one => one.Name == name);
        var before = new XdsServerOptions();
        var value = setting.Get(before) + 1;
        var settings = Settings.Load(folder.Write(
            "settings.json", string.Create(CultureInfo.InvariantCulture, $$"""{"{{name}}": {{value}} }""")));
        var options = new XdsServerOptions();

        XdsSetting.Apply(settings, options);

        setting.Get(options).ShouldBe(value);
        foreach (var other in XdsSetting.All.Where(one => one != setting))
            other.Get(options).ShouldBe(other.Get(before), other.Name);
    }

    [Theory]
    [InlineData("xds-max-streams", "many")]
    [InlineData("xds-max-streams", "0")]
    [InlineData("xds-max-streams", "1.5")]
    [InlineData("xds-max-streams", "-1")]
    [InlineData("xds-write-timeout", "0.5")]
    [InlineData("xds-write-timeout", "100000")]
    [InlineData("xds-stop-spread", "301")]
    public void A_value_that_cannot_be_is_named(string name, string text)
    {
        using var folder = new TemporaryFolder();
        var settings = Settings.Load(folder.Write("settings.json", $$"""{"{{name}}": "{{text}}"}"""));

        var failure = Should.Throw<CommandException>(() => XdsSetting.Apply(settings, new XdsServerOptions()));

        failure.Diagnostic.Code.ShouldBe(HostCodes.Setting);
        failure.Message.ShouldContain(name);
    }

    [Fact]
    public void The_documentation_lists_every_limit_with_its_default()
    {
        var text = File.ReadAllText(Documentation());

        foreach (var setting in XdsSetting.All)
        {
            text.ShouldContain(string.Create(
                CultureInfo.InvariantCulture, $"| `{setting.Name}` | {setting.Get(new XdsServerOptions())} | "));
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

    private static string Documentation([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "xds.md");
}
