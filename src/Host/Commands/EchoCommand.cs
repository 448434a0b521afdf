using System.CommandLine;
using Stagedoor.Host.Echo;

namespace Stagedoor.Host.Commands;

/// <summary><c>stagedoor echo</c>.</summary>
internal static class EchoCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var port = new Option<int>("--port")
        {
            Description = "Port to listen on; 0 takes any free one, which is printed.",
            Required = true,
        };
        var name = new Option<string>("--name")
        {
            Description = "Name that the answers carry, to tell several backends apart.",
            DefaultValueFactory = _ => "echo",
        };
        var address = new Option<string>("--address")
        {
            Description = "IP address to listen on.",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        var command = new ExampleCommand(
            "echo",
            "An HTTP/1.1 and h2c server that answers with what it received, as JSON: a backend for examples and tests.",
            new CommandExample("stagedoor echo --port 8090", "Listens on 127.0.0.1:8090 until stopped."),
            new CommandExample("stagedoor echo --port 0 --name blue", "Any free port; answers carry the name blue."),
            new CommandExample("curl -H 'x-echo-status: 503' localhost:8090/", "The request chooses the status."))
        {
            port, name, address,
        };
        command.SetAction((parsed, stop) => RunAsync(
            new EchoOptions(
                parsed.GetValue(name)!,
                OptionValues.Address("--address", parsed.GetValue(address)!),
                OptionValues.Port("--port", parsed.GetValue(port))),
            parsed.InvocationConfiguration.Output,
            stop));
        return command;
    }

    private static async Task<int> RunAsync(EchoOptions options, TextWriter output, CancellationToken stop)
    {
        await using var server = await EchoServer.StartAsync(options, stop).ConfigureAwait(false);
        output.WriteLine($"echo {options.Name} listening on http://{server.EndPoint}");
        await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        await server.WaitForShutdownAsync(stop).ConfigureAwait(false);
        return 0;
    }
}
