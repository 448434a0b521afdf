using static Stagedoor.Host.Serving.SettingForm;

namespace Stagedoor.Host.Serving;

/// <summary>Everything that <c>serve</c> can be told.</summary>
internal static class ServeSettings
{
    public static readonly ServeSetting Config = new(
        "config", Value, "DIR", "Folder of YAML or JSON documents, read with its subfolders and watched.");

    public static readonly ServeSetting Data = new(
        "data", Value, "DIR",
        "Where the journal, the keys and Envoys' files live; without it .stagedoor/FOLDER beside the folder.");

    public static readonly ServeSetting KeyRing = new(
        "key-ring", Value, "DIR", "Directory of the key ring for secrets at rest; without it DATA/keys.");

    public static readonly ServeSetting SettingsFile = new(
        "settings", Value, "FILE", "JSON file with any of these by their names, for example {\"xds-port\": 9977}.");

    public static readonly ServeSetting XdsAddress = new(
        "xds-address", Value, "IP", "IP address that xDS listens on (default 0.0.0.0).");

    public static readonly ServeSetting AdminAddress = new(
        "admin-address", Value, "IP", "IP address of metrics, health and the admin API (default 127.0.0.1).");

    public static readonly ServeSetting ValidationAddress = new(
        "validation-address", Value, "IP", "IP address of proxy validation (default 127.0.0.1).");

    public static readonly ServeSetting ProxyDebugAddress = new(
        "proxy-debug-address", Value, "IP", "IP address of proxy debug (default 127.0.0.1).");

    public static readonly ServeSetting WithEnvoy = new(
        "with-envoy", FlagOrValue, "PATH",
        "Also run one Envoy for each Proxy: the one at this path, else $ENVOY, else envoy on PATH.");

    public static readonly ServeSetting EnvoyConcurrency = new(
        "envoy-concurrency", Value, "N", "Worker threads of each such Envoy; without it one for each core.");

    public static readonly ServeSetting AllowEmpty = new(
        "allow-empty", Flag, "", "Believe a folder that is empty but was not when it was last read.");

    public static readonly ServeSetting Level = new(
        "log-level", Value, "LEVEL", "trace, debug, info, warning or error (default info).");

    public static readonly ServeSetting LogJson = new("log-json", Flag, "", "Log lines as JSON.");

    /// <summary>All of them, in the order of help.</summary>
    public static readonly IReadOnlyList<ServeSetting> All =
    [
        Config, Data, KeyRing, SettingsFile, XdsAddress, AdminAddress, ValidationAddress, ProxyDebugAddress, WithEnvoy,
        EnvoyConcurrency, AllowEmpty, Level, LogJson,
        .. ServerPort.All.Select(port => port.Setting),
        .. XdsTlsSettings.All,
        .. XdsSetting.All.Select(limit => limit.Setting),
    ];
}
