using System.CommandLine;
using System.Runtime.InteropServices;
using Stagedoor.Host.Serving;

namespace Stagedoor.Host.Commands;

/// <summary><c>stagedoor serve</c>.</summary>
internal static class ServeCommand
{
<<<<<<< HEAD
    private static readonly Option<string> Config = new("--config")
    {
        Description = "Folder of YAML or JSON documents, read with its subfolders and watched.",
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description =
            "Where the journal, the keys and Envoys' files live; without it .stagedoor/FOLDER beside the folder.",
    };

    private static readonly Option<string?> KeyRing = new("--key-ring")
    {
        Description = "Directory of the key ring for secrets at rest; without it DATA/keys.",
    };

    private static readonly Option<string?> SettingsFile = new("--settings")
    {
        Description =
            "JSON file with any of these options by their names without the dashes, for example \"xds-port\".",
    };

    private static readonly Option<string?> XdsAddress = new("--xds-address")
    {
        Description = "IP address that xDS listens on (default 0.0.0.0).",
    };

    private static readonly Option<string?> AdminAddress = new("--admin-address")
    {
        Description = "IP address of metrics, health and the admin API (default 127.0.0.1).",
    };

    private static readonly Option<string?> ValidationAddress = new("--validation-address")
    {
        Description = "IP address of proxy validation (default 127.0.0.1).",
    };

    private static readonly Option<string?> ProxyDebugAddress = new("--proxy-debug-address")
    {
        Description = "IP address of proxy debug (default 127.0.0.1).",
    };

    private static readonly Option<string?> WithEnvoy = new("--with-envoy")
    {
        Description = "Also run one Envoy for each Proxy: the one at this path, else $ENVOY, else envoy on PATH.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int?> EnvoyConcurrency = new("--envoy-concurrency")
    {
        Description = "Worker threads of each such Envoy; without it one for each core.",
    };

    private static readonly Option<bool> AllowEmpty = new("--allow-empty")
    {
        Description = "Believe a folder that is empty but was not when it was last read.",
    };

    private static readonly Option<string?> Level = new("--log-level")
    {
        Description = "trace, debug, info, warning or error (default info).",
    };

    private static readonly Option<bool> LogJson = new("--log-json") { Description = "Log lines as JSON." };

    /// <summary>The command.</summary>
=======
    /// <summary>The command; its options are the <see cref="ServeSettings"/>.</summary>
>>>>>>> main
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
<<<<<<< HEAD
                "stagedoor serve --config ./gloo --xds-port 0 --admin-port 0", "Any free ports, printed."))
        {
            Config, Data, KeyRing, SettingsFile, XdsAddress, AdminAddress, ValidationAddress,
            ProxyDebugAddress, WithEnvoy, EnvoyConcurrency, AllowEmpty,
            Level,
            LogJson,
        };
        foreach (var option in ports.Values) command.Add(option);
=======
                "stagedoor serve --config ./gloo --xds-port 0 --admin-port 0", "Any free ports, printed."));
        foreach (var option in options.Values) command.Add(option);
>>>>>>> main
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
<<<<<<< HEAD
            Config = config,
            Data = Path.GetFullPath(data),
            KeyRing = parsed.GetValue(KeyRing) ?? Settings.Read(settings, "key-ring")
                ?? Path.Combine(Path.GetFullPath(data), "keys"),
            XdsAddress = Address(parsed, XdsAddress, settings, IPAddress.Any),
            XdsPort = chosen[ServerPort.Xds],
            RestPort = Beside(ServerPort.Rest),
            ValidationAddress = Address(parsed, ValidationAddress, settings, IPAddress.Loopback),
            ValidationPort = Beside(ServerPort.Validation),
            ProxyDebugAddress = Address(parsed, ProxyDebugAddress, settings, IPAddress.Loopback),
            ProxyDebugPort = Beside(ServerPort.ProxyDebug),
            AdminAddress = Address(parsed, AdminAddress, settings, IPAddress.Loopback),
            AdminPort = chosen[ServerPort.Admin],
            Envoy = parsed.GetResult(WithEnvoy) is null ? null : EnvoyLocator.Find(
                parsed.GetValue(WithEnvoy), Environment.GetEnvironmentVariable),
            EnvoyConcurrency = Workers(parsed.GetValue(EnvoyConcurrency)),
            AllowEmpty = parsed.GetValue(AllowEmpty),
            LogLevel = LevelOf(parsed.GetValue(Level) ?? Settings.Read(settings, "log-level") ?? "info"),
            LogJson = parsed.GetValue(LogJson),
        };

        // Who takes any port for xDS, for several servers on one machine, means these too.
        int Beside(ServerPort port) =>
            port.Choose(parsed.GetValue(ports[port]), settings, chosen[ServerPort.Xds] == 0 ? 0 : null);
    }
=======
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
>>>>>>> main

    /// <summary>What an option was given; null if it was not, empty if without a value.</summary>
    private static string? Given(ParseResult parsed, Option option) => parsed.GetResult(option) switch
    {
        null or { Implicit: true } => null,
        _ when option is Option<bool> flag => parsed.GetValue(flag) ? "true" : "false",
        _ => parsed.GetValue((Option<string?>)option) ?? "",
    };
}
