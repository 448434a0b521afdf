using System.CommandLine;
using Stagedoor.Host.Commands.Routing;

namespace Stagedoor.Host.Commands;

/// <summary><c>stagedoor test</c>: expectations of a folder's routes, for CI.</summary>
internal static class TestCommand
{
    private const int Failed = 2;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var cases = new Argument<string>("cases") { Description = "YAML file with the cases." };
        var config = ConfigFolder.Option();
        var junit = new Option<string?>("--junit") { Description = "File to write the results to, as JUnit's XML." };
        var command = new ExampleCommand(
            "test",
            "Checks what becomes of requests against expectations, offline. Exit code 0: all hold; 2: some do not; "
            + "1: it could not run.",
            new CommandExample("stagedoor test cases.yaml --config ./gloo", "For people."),
            new CommandExample("stagedoor test cases.yaml --config ./gloo --junit results.xml", "In CI."))
        {
            cases, config, junit,
        };
        command.SetAction(parsed =>
        {
            var view = ConfigFolder.Read(parsed.GetValue(config)!);
            var results = RouteCases.Read(parsed.GetValue(cases)!).Cases
                .Select(one => (Case: one, Failure: one.Run(view)))
                .ToList();
            var output = parsed.InvocationConfiguration.Output;
            foreach (var (one, failure) in results)
                output.WriteLine(failure is null ? $"ok      {one.Name}" : $"FAILED  {one.Name}: {failure}");
            if (parsed.GetValue(junit) is { } file) Write(file, results);
            return results.Exists(result => result.Failure is not null) ? Failed : 0;
        });
        return command;
    }

    private static void Write(string file, List<(RouteCase Case, string? Failure)> results)
    {
        try
        {
            RouteCases.JUnit(results).Save(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(HostCodes.Output, $"--junit: cannot write {file}: {e.Message}", inner: e);
        }
    }
}
