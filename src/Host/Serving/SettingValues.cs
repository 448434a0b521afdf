using Stagedoor.Host.Commands;

namespace Stagedoor.Host.Serving;

/// <summary>
/// What <c>serve</c> was told: an option wins over its environment variable, which wins over the settings file.
/// </summary>
internal sealed class SettingValues
{
    private readonly Dictionary<ServeSetting, SettingValue> _values = [];

    private SettingValues()
    {
    }

    /// <summary>What a setting was given; null if nothing.</summary>
    public SettingValue? this[ServeSetting setting] => _values.GetValueOrDefault(setting);

    /// <summary>Collects the values.</summary>
    /// <param name="option">What the command line gives for a setting; empty for an option without a value.</param>
    /// <param name="environment">The environment; an empty variable is none.</param>
    /// <exception cref="CommandException">The settings file cannot be read, or names what is no setting.</exception>
    public static SettingValues Read(Func<ServeSetting, string?> option, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(option);
        ArgumentNullException.ThrowIfNull(environment);
        SettingValue? Given(ServeSetting setting) =>
            option(setting) is { } text ? new(text, setting.Option)
            : environment(setting.Variable) is { Length: > 0 } variable && !IsServiceLink(variable)
                ? new(variable, $"${setting.Variable}")
                : null;

        var values = new SettingValues();
        var file = Given(ServeSettings.SettingsFile)?.Text;
        var members = file is null ? [] : ReadFile(file);
        foreach (var setting in ServeSettings.All)
        {
            var value = Given(setting)
                ?? (members.TryGetValue(setting.Name, out var text) ? new(text, $"{file}: {setting.Name}") : null);
            if (value is not null) values._values[setting] = value;
        }

        return values;
    }

    private static Dictionary<string, string> ReadFile(string file)
    {
        IEnumerable<KeyValuePair<string, string?>> all;
        try
        {
            all = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(file), optional: false).Build()
                .AsEnumerable();
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidDataException)
        {
            throw new CommandException(
                HostCodes.Setting, $"{ServeSettings.SettingsFile.Option}: cannot read {file}: {e.Message}", inner: e);
        }

        var members = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, text) in all)
        {
            if (!ServeSettings.All.Any(setting =>
                setting != ServeSettings.SettingsFile && name.Equals(setting.Name, StringComparison.OrdinalIgnoreCase)))
            {
                throw new CommandException(
                    HostCodes.Setting, $"{file}: there is no setting {name}",
                    "'stagedoor serve --help' names them all");
            }

            if (text is not null) members[name] = text;
        }

        return members;
    }

    /// <summary>
    /// Kubernetes sets STAGEDOOR_XDS_PORT=tcp://10.0.0.1:9977 where a Service is named stagedoor-xds.
    /// </summary>
    private static bool IsServiceLink(string variable) => variable.StartsWith("tcp://", StringComparison.Ordinal);
}
