using System.Globalization;
using System.Net;
using Stagedoor.Host.Commands;

namespace Stagedoor.Host.Serving;

/// <summary>What a setting was given, and where: an error names the place.</summary>
/// <param name="Text">The value as written; empty for an option without one.</param>
/// <param name="Origin">The option, variable, or file and member.</param>
internal sealed record SettingValue(string Text, string Origin)
{
    /// <summary>A port, 0 to 65535.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public int Port() => Number(0, IPEndPoint.MaxPort, "a port from 0 to 65535");

    /// <summary>A number of something.</summary>
    /// <exception cref="CommandException">It is none, or outside.</exception>
    public int Number(int least, int most, string wanted) =>
        int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : throw Wrong(wanted);

    /// <summary>An IP address.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public IPAddress Address() => IPAddress.TryParse(Text, out var address)
        ? address
        : throw Wrong("an IP address, for example 127.0.0.1, 0.0.0.0 or ::");

    /// <summary>On or off.</summary>
    /// <exception cref="CommandException">It is neither.</exception>
    public bool Flag() => IsFlag() ?? throw Wrong("true or false");

    /// <summary>On, off, or null if it is a value that says more.</summary>
    public bool? IsFlag() => Text.ToUpperInvariant() switch
    {
        "" or "TRUE" or "1" => true,
        "FALSE" or "0" => false,
        _ => null,
    };

    /// <summary>The error that says what it should have been.</summary>
    public CommandException Wrong(string wanted) => new(HostCodes.Setting, $"{Origin}: '{Text}' is not {wanted}");
}
