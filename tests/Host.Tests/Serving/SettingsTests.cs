using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Shouldly;
using Stagedoor.Host.Commands;
using Stagedoor.Host.Serving;
using Xunit;

namespace Stagedoor.Host.Tests.Serving;

/// <summary>Every setting of <c>serve</c> as option, variable and member of the file.</summary>
public sealed class SettingsTests : IDisposable
{
    // A value of each that is not the default, and how it shows in the options. Ports of parts that do not exist are
    // tested on their own.
    private static readonly
        Dictionary<string, (string Text, Func<ServeOptions, object?> Read, object Expected)> Samples =
        new()
        {
            ["config"] = ("other", options => options.Config, "other"),
            ["data"] = ("/var/data", options => options.Data, "/var/data"),
            ["key-ring"] = ("/var/keys", options => options.KeyRing, "/var/keys"),
            ["xds-address"] = ("127.0.0.2", options => options.XdsAddress, IPAddress.Parse("127.0.0.2")),
            ["admin-address"] = ("0.0.0.0", options => options.AdminAddress, IPAddress.Any),
            ["validation-address"] = ("0.0.0.0", options => options.ValidationAddress, IPAddress.Any),
            ["proxy-debug-address"] = ("0.0.0.0", options => options.ProxyDebugAddress, IPAddress.Any),
            ["with-envoy"] = ("/bin/sh", options => options.Envoy, "/bin/sh"),
            ["envoy-concurrency"] = ("3", options => options.EnvoyConcurrency, 3),
            ["allow-empty"] = ("true", options => options.AllowEmpty, true),
            ["log-level"] = ("debug", options => options.LogLevel, LogLevel.Debug),
            ["log-json"] = ("true", options => options.LogJson, true),
            ["xds-port"] = ("5000", options => options.XdsPort, 5000),
            ["rest-port"] = ("5001", options => options.RestPort, 5001),
            ["validation-port"] = ("5003", options => options.ValidationPort, 5003),
            ["proxy-debug-port"] = ("5004", options => options.ProxyDebugPort, 5004),
            ["admin-port"] = ("5002", options => options.AdminPort, 5002),
        };

    static SettingsTests()
    {
        foreach (var limit in XdsSetting.All)
        {
            var value = limit.Get(new ServeOptions { Config = "", Data = "", KeyRing = "" }.Xds) + 1;
            Samples[limit.Setting.Name] =
                (value.ToString(CultureInfo.InvariantCulture), options => limit.Get(options.Xds), value);
        }
    }

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names =>
    [
        .. ServeSettings.All.Where(setting => !IsMissingPart(setting)).Select(setting => setting.Name)
            .Except(["settings", .. XdsTlsSettings.All.Select(setting => setting.Name)]),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_setting_comes_from_the_option_else_the_variable_else_the_file(string name)
    {
        var (text, read, expected) = Samples[name];
        var setting = ServeSettings.All.Single(setting => setting.Name == name);
        var file = WriteFile(name, text);

        var config = name == "config" ? null : "gloo";

        read(Read(option: (setting, text), config: config)).ShouldBe(expected);
        read(Read(variable: (setting.Variable, text), config: config)).ShouldBe(expected);
        read(Read(file: file, config: config)).ShouldBe(expected);
        read(Read(variable: (ServeSettings.SettingsFile.Variable, file), config: config)).ShouldBe(expected);

        // What is read first wins: the others are wrong on purpose, and nobody looks at them.
        var wrong = WriteFile(name, "?");
        read(Read((setting, text), (setting.Variable, "?"), wrong, config: config)).ShouldBe(expected);
        read(Read(null, (setting.Variable, text), wrong, config: config)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("xds-port", "70000")]
    [InlineData("admin-port", "-1")]
    [InlineData("xds-address", "localhost")]
    [InlineData("xds-max-streams", "0")]
    [InlineData("xds-max-streams", "1.5")]
    [InlineData("xds-write-timeout", "0.5")]
    [InlineData("xds-write-timeout", "100000")]
    [InlineData("xds-stop-spread", "-1")]
    [InlineData("envoy-concurrency", "0")]
    [InlineData("allow-empty", "perhaps")]
    [InlineData("log-level", "loud")]
    public void A_wrong_value_is_named_with_the_place_that_has_it(string name, string text)
    {
        var setting = ServeSettings.All.Single(setting => setting.Name == name);
        var file = WriteFile(name, text);

        Failure(() => Read(option: (setting, text))).ShouldStartWith($"--{name}: '{text}' is not ");
        Failure(() => Read(variable: (setting.Variable, text)))
            .ShouldStartWith($"${setting.Variable}: '{text}' is not ");
        Failure(() => Read(file: file)).ShouldStartWith($"{file}: {name}: '{text}' is not ");
    }

    [Fact]
    public void Members_of_the_file_have_the_types_of_JSON()
    {
        var file = _folder.Write("settings.json", """{"xds-port": 5000, "allow-empty": true, "with-envoy": false}""");

        var options = Read(file: file);

        (options.XdsPort, options.AllowEmpty, options.Envoy).ShouldBe((5000, true, null));
    }

    [Fact]
    public void A_member_that_is_no_setting_is_refused()
    {
        var file = WriteFile("xds-prot", "1");

        Failure(() => Read(file: file)).ShouldBe($"{file}: there is no setting xds-prot");
    }

    [Fact]
    public void A_file_that_is_no_JSON_is_named()
    {
        var file = _folder.Write("settings.json", "{");

        Failure(() => Read(file: file)).ShouldContain($"cannot read {file}");
    }

    [Fact]
    public void A_port_of_a_part_that_does_not_exist_is_refused()
    {
        var missing = ServeSettings.All.First(IsMissingPart);

        var failure = Should.Throw<CommandException>(() => Read(option: (missing, "1")));

        failure.Diagnostic.Code.ShouldBe(HostCodes.PartMissing);
    }

    [Fact]
    public void An_empty_variable_and_one_of_Kubernetes_service_links_are_none()
    {
        Read(variable: ("STAGEDOOR_XDS_PORT", "")).XdsPort.ShouldBe(9977);
        Read(variable: ("STAGEDOOR_XDS_PORT", "tcp://10.0.0.1:9977")).XdsPort.ShouldBe(9977);
    }

    [Fact]
    public void Any_port_for_xDS_means_any_port_for_REST_unless_it_is_named()
    {
        Read().RestPort.ShouldBe(9976);
        Read(option: (ServerPort.Xds.Setting, "0")).RestPort.ShouldBe(0);
        Read((ServerPort.Xds.Setting, "0"), ("STAGEDOOR_REST_PORT", "5000")).RestPort.ShouldBe(5000);
    }

    [Fact]
    public void With_envoy_is_on_off_or_a_path()
    {
        const string envoy = "/bin/cat";
        string? Find(string? option, string? variable) => Read(
            option is null ? null : (ServeSettings.WithEnvoy, option),
            variable is null ? null : ("STAGEDOOR_WITH_ENVOY", variable),
            more: ("ENVOY", envoy)).Envoy;

        Find("", null).ShouldBe(envoy);
        Find(null, "true").ShouldBe(envoy);
        Find("false", "true").ShouldBeNull();
        Find(null, "/bin/sh").ShouldBe("/bin/sh");
    }

    [Fact]
    public void Every_setting_has_a_name_of_its_own_and_a_row_in_the_documentation()
    {
        ServeSettings.All.Select(setting => setting.Variable).ShouldBeUnique();
        ServerPort.Xds.Setting.Option.ShouldBe("--xds-port");
        ServerPort.Xds.Setting.Variable.ShouldBe("STAGEDOOR_XDS_PORT");
        var documentation = string.Concat(new[] { "cli.md", "xds.md" }.Select(
            file => File.ReadAllText(Path.Combine(RealEnvoy.Repository(), "docs", file))));
        ServeSettings.All.Where(setting => !documentation.Contains($"`{setting.Option}", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    private static bool IsMissingPart(ServeSetting setting) =>
        ServerPort.All.Any(port => port.Setting == setting && !port.Exists);

    private static string Failure(Action read)
    {
        var failure = Should.Throw<CommandException>(read);
        failure.Diagnostic.Code.ShouldBe(HostCodes.Setting);
        return failure.Message;
    }

    private string WriteFile(string name, string text) => _folder.Write(
        $"{name}-{text.GetHashCode(StringComparison.Ordinal)}.json",
        JsonSerializer.Serialize(new Dictionary<string, string> { [name] = text }));

    private static ServeOptions Read(
        (ServeSetting Setting, string Text)? option = null, (string Name, string Text)? variable = null,
        string? file = null, (string Name, string Text)? more = null, string? config = "gloo")
    {
        string? Option(ServeSetting setting) =>
            option?.Setting == setting ? option?.Text : setting == ServeSettings.SettingsFile ? file : null;
        string? Variable(string name) =>
            variable?.Name == name ? variable?.Text
            : more?.Name == name ? more?.Text
            : name == ServeSettings.Config.Variable ? config
            : null;
        return ServeOptionsReader.Read(SettingValues.Read(Option, Variable), Variable);
    }
}
