using Stagedoor.Host.Commands;
using Stagedoor.Xds.Server;
using Stagedoor.Xds.Server.Security;

namespace Stagedoor.Host.Serving;

/// <summary>The settings about TLS of the xDS ports, and who may ask for what.</summary>
internal static class XdsTlsSettings
{
    public static readonly ServeSetting Certificate = new(
        "xds-tls-cert", SettingForm.Value, "FILE",
        "PEM file of the certificate of the xDS ports, then its intermediates; without it no TLS.");

    public static readonly ServeSetting Key = new(
        "xds-tls-key", SettingForm.Value, "FILE", "PEM file of its private key.");

    public static readonly ServeSetting ClientCa = new(
        "xds-client-ca", SettingForm.Value, "FILE",
        "PEM file of the roots of clients' certificates: then every client must have one.");

    public static readonly ServeSetting Identity = new(
        "xds-identity", SettingForm.Value, "RULES",
        "Which roles the names in clients' certificates may ask for, PATTERN=ROLE;PATTERN=ROLE...; without it a SPIFFE "
        + "identity or Service name is the proxy of its namespace and name.");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<ServeSetting> All = [Certificate, Key, ClientCa, Identity];

    /// <summary>Takes what was said of all of them.</summary>
    /// <exception cref="CommandException">They do not fit together, or a rule cannot be read.</exception>
    public static void Apply(SettingValues values, XdsServerOptions options)
    {
        var (certificate, key, ca) = (values[Certificate]?.Text, values[Key]?.Text, values[ClientCa]?.Text);
        if (certificate is null != key is null)
            throw Wrong($"{Certificate.Option} and {Key.Option} belong together: one of them is missing");
        if (ca is not null && certificate is null) throw Wrong($"{ClientCa.Option} needs {Certificate.Option}");
        if (certificate is not null && key is not null)
            options.Tls = new XdsTlsOptions(certificate, key) { ClientCaFile = ca };
        if (values[Identity] is not { } rules) return;
        if (ca is null) throw Wrong($"{Identity.Option} needs {ClientCa.Option}: without it no client has an identity");
        try
        {
            options.Identities = IdentityMap.Parse(rules.Text.Split(
                ';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
        catch (FormatException e)
        {
            throw new CommandException(
                HostCodes.Setting, $"{rules.Origin}: {e.Message}",
                "for example 'spiffe://*/ns/{namespace}/sa/{name}={namespace}~{name}'", e);
        }
    }

    private static CommandException Wrong(string message) => new(HostCodes.Setting, message);
}
