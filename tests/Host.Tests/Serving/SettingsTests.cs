using Shouldly;
using Stagedoor.Host.Commands;
using Stagedoor.Host.Serving;
using Xunit;

namespace Stagedoor.Host.Tests.Serving;

public sealed class SettingsTests
{
    [Fact]
    public void A_port_comes_from_the_option_else_the_file_else_the_default()
    {
        using var folder = new TemporaryFolder();
        var settings = Settings.Load(folder.Write("settings.json", """{"xds-port": 5000}"""));

        ServerPort.Xds.Choose(6000, settings).ShouldBe(6000);
        ServerPort.Xds.Choose(null, settings).ShouldBe(5000);
        ServerPort.Admin.Choose(null, settings).ShouldBe(9091);
    }

    [Fact]
    public void A_setting_that_is_no_port_is_named()
    {
        using var folder = new TemporaryFolder();
        var settings = Settings.Load(folder.Write("settings.json", """{"admin-port": "many"}"""));

        var failure = Should.Throw<CommandException>(() => ServerPort.Admin.Choose(null, settings));

        failure.Diagnostic.Code.ShouldBe(HostCodes.Setting);
        failure.Message.ShouldContain("--admin-port");
    }

    [Fact]
    public void Every_port_has_an_option_and_a_variable_of_its_own()
    {
        ServerPort.All.Select(port => port.Option).ShouldBeUnique();
        ServerPort.Xds.Variable.ShouldBe("STAGEDOOR_XDS_PORT");
        ServerPort.Rest.Variable.ShouldBe("STAGEDOOR_REST_PORT");
    }

    [Fact]
    public void The_port_of_REST_may_have_another_default()
    {
        var settings = Settings.Load(null);

        ServerPort.Rest.Choose(null, settings).ShouldBe(9976);
        ServerPort.Rest.Choose(null, settings, otherwise: 0).ShouldBe(0);
        ServerPort.Rest.Choose(5000, settings, otherwise: 0).ShouldBe(5000);
    }
}
