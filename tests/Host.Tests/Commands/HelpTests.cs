using Shouldly;
using Stagedoor.Host.Commands;
using Xunit;

namespace Stagedoor.Host.Tests.Commands;

public sealed class HelpTests
{
    public static TheoryData<string> Commands =>
        [.. StagedoorCommands.Create().Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_has_help_with_examples_that_name_it(string command)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(command, "--help");

        exitCode.ShouldBe(0, error);
        output.ShouldContain("Description:");
        var examples = output[output.IndexOf("Examples:", StringComparison.Ordinal)..];
        examples.ShouldContain($"  stagedoor {command}");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task The_list_of_commands_is_complete(string command) =>
        (await CommandLine.RunAsync("--help")).Output.ShouldContain($"\n  {command} ");

    [Theory]
    [InlineData("nonsense")]
    [InlineData("version", "--nonsense")]
    public async Task What_is_not_understood_is_an_error_with_a_code(params string[] args)
    {
        var (exitCode, _, error) = await CommandLine.RunAsync(args);

        exitCode.ShouldBe(1);
        error.ShouldStartWith("error SD6001: ");
        error.ShouldContain("nonsense");
        error.ShouldContain("--help' shows the options");
    }
}
