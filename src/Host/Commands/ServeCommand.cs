using System.CommandLine;
using System.Net;
using Stagedoor.Host.Envoys;
using Stagedoor.Host.Serving;

namespace Stagedoor.Host.Commands;

/// <summary><c>stagedoor serve</c>.</summary>
internal static class ServeCommand
{
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
    public static Command Create()
    {
        var ports = ServerPort.All.ToDictionary(port => port, port => new Option<int?>(port.Option)
        {
            Description = $"Port of {port.What} (default {port.Default}, 0 for any; ${port.Variable})"
                + (port.Exists ? "." : "; not in this version."),
        });
        var command = new ExampleCommand(
            "serve",
            "Serves a folder of Gloo resources to Envoys over xDS, until stopped.",
            new CommandExample("stagedoor serve --config examples/petstore", "xDS on 9977, admin on 127.0.0.1:9091."),
            new CommandExample("stagedoor serve --config ./gloo --with-envoy", "The data plane beside it."),
            new CommandExample(
                "stagedoor serve --config ./gloo --xds-port 0 --admin-port 0", "Any free ports, printed."))
        {
            Config, Data, KeyRing, SettingsFile, XdsAddress, AdminAddress, ValidationAddress,
            ProxyDebugAddress, WithEnvoy, EnvoyConcurrency, AllowEmpty,
            Level,
            LogJson,
        };
        foreach (var option in ports.Values) command.Add(option);
        command.SetAction((parsed, stop) =>
            RunAsync(Options(parsed, ports), parsed.InvocationConfiguration.Output, stop));
        return command;
    }

    private static async Task<int> RunAsync(ServeOptions options, TextWriter output, CancellationToken stop)
    {
        try
        {
            return await ServeAsync(options, output, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop before it had started.
            return 0;
        }
    }

    private static async Task<int> ServeAsync(ServeOptions options, TextWriter output, CancellationToken stop)
    {
        var clock = new StartupClock();
        await using var server = await StagedoorServer.StartAsync(options, clock, stop).ConfigureAwait(false);
        await ServeText.ListeningAsync(output, server).ConfigureAwait(false);
        var ready = ServeText.ReadyAsync(output, server, options, stop);
        var isPlanned = await server.WaitForStopAsync(stop).ConfigureAwait(false);
        await ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return isPlanned ? 0 : 1;
    }

    private static ServeOptions Options(ParseResult parsed, Dictionary<ServerPort, Option<int?>> ports)
    {
        var settings = Settings.Load(parsed.GetValue(SettingsFile));
        var config = parsed.GetValue(Config) ?? Settings.Read(settings, "config")
            ?? throw new CommandException(HostCodes.CommandLine, "--config is missing: which folder is to be served?");
        var chosen = ports.ToDictionary(
            port => port.Key, port => port.Key.Choose(parsed.GetValue(port.Value), settings));
        var data = parsed.GetValue(Data) ?? Settings.Read(settings, "data")
            ?? DataBeside(Path.GetFullPath(config));
        return new ServeOptions
        {
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

    private static IPAddress Address(
        ParseResult parsed, Option<string?> option, IConfiguration settings, IPAddress otherwise)
    {
        var text = parsed.GetValue(option) ?? Settings.Read(settings, option.Name.TrimStart('-'));
        return text is null ? otherwise : OptionValues.Address(option.Name, text);
    }

    private static string DataBeside(string config)
    {
        var folder = Path.TrimEndingDirectorySeparator(config);
        return Path.Combine(Path.GetDirectoryName(folder) ?? folder, ".stagedoor", Path.GetFileName(folder));
    }

    private static int? Workers(int? count) => count is null or (> 0 and <= 1024)
        ? count
        : throw new CommandException(HostCodes.Setting, $"{EnvoyConcurrency.Name}: {count} is not 1 to 1024");

    private static LogLevel LevelOf(string name) => name switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "info" or "information" => LogLevel.Information,
        "warn" or "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => throw new CommandException(
            HostCodes.Setting, $"{Level.Name}: '{name}' is not trace, debug, info, warning or error"),
    };
}
