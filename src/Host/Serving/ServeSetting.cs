namespace Stagedoor.Host.Serving;

/// <summary>How the value of a setting is written.</summary>
internal enum SettingForm
{
    /// <summary>A text, a number or a path.</summary>
    Value,

    /// <summary>On or off; as an option it needs no value.</summary>
    Flag,

    /// <summary>On, off, or a value that says more; as an option it needs no value.</summary>
    FlagOrValue,
}

/// <summary>
/// Something that <c>serve</c> can be told: by an option, an environment variable or a member of the settings file, all
/// of one name.
/// </summary>
/// <param name="Name">Its name in the settings file, for example <c>xds-port</c>.</param>
/// <param name="Form">How its value is written.</param>
/// <param name="Placeholder">What help shows in the place of the value.</param>
/// <param name="Description">One sentence for help.</param>
internal sealed record ServeSetting(string Name, SettingForm Form, string Placeholder, string Description)
{
    /// <summary>What the environment variables begin with.</summary>
    public const string Prefix = "STAGEDOOR_";

    /// <summary>The option, for example <c>--xds-port</c>.</summary>
    public string Option => $"--{Name}";

    /// <summary>The environment variable, for example <c>STAGEDOOR_XDS_PORT</c>.</summary>
    public string Variable => Prefix + Name.ToUpperInvariant().Replace('-', '_');
}
