using System.Globalization;
using System.Net;

namespace Stagedoor.Host.Commands;

/// <summary>Reads the values that several options share, with errors that name the option.</summary>
internal static class OptionValues
{
    /// <summary>A port, 0 to 65535.</summary>
    /// <exception cref="CommandException">It is outside.</exception>
    public static int Port(string option, int value) => value is >= 0 and <= IPEndPoint.MaxPort
        ? value
        : throw Wrong(option, value.ToString(CultureInfo.InvariantCulture), "a port from 0 to 65535");

    /// <summary>An IP address to listen on.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static IPAddress Address(string option, string value) => IPAddress.TryParse(value, out var address)
        ? address
        : throw Wrong(option, value, "an IP address, for example 127.0.0.1, 0.0.0.0 or ::");

    /// <summary>
    /// A host and port, for example <c>127.0.0.1:9977</c>, <c>gloo.gloo-system:9977</c> or <c>[::1]:9977</c>.
    /// </summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static (string Host, int Port) HostAndPort(string option, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var colon = value.LastIndexOf(':');
        var host = colon > 0 ? value[..colon].Trim('[', ']') : "";
        var bracketed = value.StartsWith('[');
        var isHost = bracketed
            ? IPAddress.TryParse(host, out _) && value[colon - 1] == ']'
            : Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;
        return isHost
            && int.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= IPEndPoint.MaxPort
                ? (host, port)
                : throw Wrong(option, value, "HOST:PORT, for example 127.0.0.1:9977");
    }

    private static CommandException Wrong(string option, string value, string wanted) =>
        new(HostCodes.Setting, $"{option}: '{value}' is not {wanted}");
}
