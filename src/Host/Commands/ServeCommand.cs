using System.CommandLine;
using System.Runtime.InteropServices;
using Stagedoor.Host.Serving;

namespace Stagedoor.Host.Commands;

/// <summary><c>stagedoor serve</c>.</summary>
internal static class ServeCommand
{
    /// <summary>The command; its options are the <see cref="ServeSettings"/>.</summary>
    public static Command Create()
    {
        var options = ServeSettings.All.ToDictionary(setting => setting, Option);
        var command = new ExampleCommand(
            "serve",
            "Serves a folder of Gloo resources to Envoys over xDS, until stopped. Each option is also an environment "
            + $"variable ({ServerPort.Xds.Setting.Option} is {ServerPort.Xds.Setting.Variable}) and a member of the "
            + $"{ServeSettings.SettingsFile.Option} file; the option wins, then the variable.",
            new CommandExample("stagedoor serve --config examples/petstore", "xDS on 9977, admin on 127.0.0.1:9091."),
            new CommandExample("stagedoor serve --config ./gloo --with-envoy", "The data plane beside it."),
            new CommandExample(
                "stagedoor serve --config ./gloo --xds-port 0 --admin-port 0", "Any free ports, printed."));
        foreach (var option in options.Values) command.Add(option);
        command.SetAction((parsed, stop) =>
        {
            var values = SettingValues.Read(
                setting => Given(parsed, options[setting]), Environment.GetEnvironmentVariable);
            return RunAsync(
                ServeOptionsReader.Read(values, Environment.GetEnvironmentVariable),
                parsed.InvocationConfiguration.Output, stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(ServeOptions options, TextWriter output, CancellationToken stop)
    {
        using var told = CancellationTokenSource.CreateLinkedTokenSource(stop);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            told.Cancel();
        }

        // From the first moment on: a start may take long, and must be possible to stop.
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            return await ServeAsync(options, output, told.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (told.IsCancellationRequested)
        {
            // Told to stop before it had started.
            return 0;
        }
    }

    private static async Task<int> ServeAsync(ServeOptions options, TextWriter output, CancellationToken stop)
    {
        var clock = new StartupClock();
        await using var server = await StagedoorServer.StartAsync(options, clock, stop).ConfigureAwait(false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await ServeText.ListeningAsync(output, server).ConfigureAwait(false);
        var ready = ServeText.ReadyAsync(output, server, options, ended.Token);
        var isPlanned = await server.WaitForStopAsync(stop).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return isPlanned ? 0 : 1;
    }

    private static Option Option(ServeSetting setting) => setting.Form switch
    {
        SettingForm.Flag => new Option<bool>(setting.Option) { Description = setting.Description },
        SettingForm.FlagOrValue => new Option<string?>(setting.Option)
        {
            Description = setting.Description,
            HelpName = setting.Placeholder,
            Arity = ArgumentArity.ZeroOrOne,
        },
        _ => new Option<string?>(setting.Option)
        {
            Description = setting.Description,
            HelpName = setting.Placeholder,
        },
    };

    /// <summary>What an option was given; null if it was not, empty if without a value.</summary>
    private static string? Given(ParseResult parsed, Option option) => parsed.GetResult(option) switch
    {
        null or { Implicit: true } => null,
        _ when option is Option<bool> flag => parsed.GetValue(flag) ? "true" : "false",
        _ => parsed.GetValue((Option<string?>)option) ?? "",
    };
}
