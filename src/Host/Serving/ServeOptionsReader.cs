using System.Net;
using Stagedoor.Host.Commands;
using Stagedoor.Host.Envoys;
using Stagedoor.Xds.Server;

namespace Stagedoor.Host.Serving;

/// <summary>Checks what <c>serve</c> was told.</summary>
internal static class ServeOptionsReader
{
    private const int MostWorkers = 1024;

    /// <summary>The options.</summary>
    /// <exception cref="CommandException">A value is wrong, or the folder was not named.</exception>
    public static ServeOptions Read(SettingValues values, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(values);
        // A port of a part that does not exist is refused, whoever gave it.
        var ports = ServerPort.All.ToDictionary(port => port, port => port.Choose(values));
        var config = values[ServeSettings.Config]?.Text
            ?? throw new CommandException(HostCodes.CommandLine, "--config is missing: which folder is to be served?");
        var data = Path.GetFullPath(values[ServeSettings.Data]?.Text ?? DataBeside(Path.GetFullPath(config)));
        return new ServeOptions
        {
            Config = config,
            Data = data,
            KeyRing = Path.GetFullPath(values[ServeSettings.KeyRing]?.Text ?? Path.Combine(data, "keys")),
            Xds = Xds(values),
            XdsAddress = values[ServeSettings.XdsAddress]?.Address() ?? IPAddress.Any,
            XdsPort = ports[ServerPort.Xds],
            // Who takes any port for xDS, for several servers on one machine, means REST too.
            RestPort = ServerPort.Rest.Choose(values, ports[ServerPort.Xds] == 0 ? 0 : null),
            ValidationAddress = values[ServeSettings.ValidationAddress]?.Address() ?? IPAddress.Loopback,
            ValidationPort = ServerPort.Validation.Choose(values, ports[ServerPort.Xds] == 0 ? 0 : null),
            ProxyDebugAddress = values[ServeSettings.ProxyDebugAddress]?.Address() ?? IPAddress.Loopback,
            ProxyDebugPort = ServerPort.ProxyDebug.Choose(values, ports[ServerPort.Xds] == 0 ? 0 : null),
            AdminAddress = values[ServeSettings.AdminAddress]?.Address() ?? IPAddress.Loopback,
            AdminPort = ports[ServerPort.Admin],
            Envoy = Envoy(values[ServeSettings.WithEnvoy], environment),
            EnvoyConcurrency = values[ServeSettings.EnvoyConcurrency]?.Number(1, MostWorkers, "1 to 1024"),
            AllowEmpty = values[ServeSettings.AllowEmpty]?.Flag() ?? false,
            LogLevel = values[ServeSettings.Level] is { } level ? LevelOf(level) : LogLevel.Information,
            LogJson = values[ServeSettings.LogJson]?.Flag() ?? false,
        };
    }

    private static XdsServerOptions Xds(SettingValues values)
    {
        var options = new XdsServerOptions();
        XdsSetting.Apply(values, options);
        XdsTlsSettings.Apply(values, options);
        if (options.Tls is not null && values[ServeSettings.WithEnvoy] is { } envoy && envoy.IsFlag() != false)
        {
            throw new CommandException(
                HostCodes.Setting, $"{envoy.Origin}: the Envoys that it starts speak to xDS without TLS",
                "start them yourself, or leave out the TLS of xDS");
        }

        return options;
    }

    private static string DataBeside(string config)
    {
        var folder = Path.TrimEndingDirectorySeparator(config);
        return Path.Combine(Path.GetDirectoryName(folder) ?? folder, ".stagedoor", Path.GetFileName(folder));
    }

    private static string? Envoy(SettingValue? value, Func<string, string?> environment) => value?.IsFlag() switch
    {
        true => EnvoyLocator.Find(null, environment),
        null when value is not null => EnvoyLocator.Find(value.Text, environment),
        _ => null,
    };

    private static LogLevel LevelOf(SettingValue value) => value.Text switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "info" or "information" => LogLevel.Information,
        "warn" or "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => throw value.Wrong("trace, debug, info, warning or error"),
    };
}
