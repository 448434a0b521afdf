using System.CommandLine;
using Stagedoor.Host.Serving;
using Stagedoor.Xds.Server;
using Stagedoor.Xds.Server.Security;

namespace Stagedoor.Host.Commands;

/// <summary>The options of <c>serve</c> about xDS: TLS, and who may ask for what.</summary>
internal static class XdsServeOptions
{
    private static readonly Option<string?> Certificate = new("--xds-tls-cert")
    {
        Description = "PEM file of the certificate of the xDS ports, then its intermediates; without it no TLS.",
    };

    private static readonly Option<string?> Key = new("--xds-tls-key")
    {
        Description = "PEM file of its private key.",
    };

    private static readonly Option<string?> ClientCa = new("--xds-client-ca")
    {
        Description = "PEM file of the roots of clients' certificates: then every client must have one.",
    };

    private static readonly Option<string[]> Identity = new("--xds-identity")
    {
        Description = "Which role a name in a client's certificate may ask for, PATTERN=ROLE; may be repeated. "
            + "Without it a SPIFFE identity or Service name is the proxy of its namespace and name.",
    };

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Option> All = [Certificate, Key, ClientCa, Identity];

    /// <summary>The settings of the xDS server.</summary>
    /// <exception cref="CommandException">One of them cannot be.</exception>
    public static XdsServerOptions Read(ParseResult parsed, IConfiguration settings)
    {
        var options = new XdsServerOptions();
        XdsSetting.Apply(settings, options);
        var (certificate, key, ca) = (
            Text(parsed, Certificate, settings), Text(parsed, Key, settings), Text(parsed, ClientCa, settings));
        if (certificate is null != key is null)
            throw Wrong($"{Certificate.Name} and {Key.Name} belong together: one of them is missing");
        if (ca is not null && certificate is null) throw Wrong($"{ClientCa.Name} needs {Certificate.Name}");
        if (certificate is not null && key is not null)
            options.Tls = new XdsTlsOptions(certificate, key) { ClientCaFile = ca };
        var rules = Rules(parsed, settings);
        if (rules.Length == 0) return options;
        if (ca is null) throw Wrong($"{Identity.Name} needs {ClientCa.Name}: without it no client has an identity");
        try
        {
            options.Identities = IdentityMap.Parse(rules);
        }
        catch (FormatException e)
        {
            throw new CommandException(
                HostCodes.Setting, $"{Identity.Name}: {e.Message}",
                "for example 'spiffe://*/ns/{namespace}/sa/{name}={namespace}~{name}'", e);
        }

        return options;
    }

    // The settings file has a list, the environment one text with semicolons.
    private static string[] Rules(ParseResult parsed, IConfiguration settings)
    {
        if (parsed.GetValue(Identity) is { Length: > 0 } given) return given;
        var name = Identity.Name.TrimStart('-');
        if (Settings.Read(settings, name) is { } text)
            return text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return [.. settings.GetSection(name).GetChildren().Select(child => child.Value).OfType<string>()];
    }

    private static string? Text(ParseResult parsed, Option<string?> option, IConfiguration settings) =>
        parsed.GetValue(option) ?? Settings.Read(settings, option.Name.TrimStart('-'));

    private static CommandException Wrong(string message) => new(HostCodes.Setting, message);
}
