using Stagedoor.Host.Commands;

namespace Stagedoor.Host.Serving;

/// <summary>A port of design 6: its name in options, settings and environment, and its default.</summary>
/// <param name="Name">Name without <c>-port</c>, for example <c>xds</c>.</param>
/// <param name="Default">The port that Gloo's users know.</param>
/// <param name="What">What listens there.</param>
/// <param name="Exists">Whether this version has the part.</param>
internal sealed record ServerPort(string Name, int Default, string What, bool Exists)
{
    public static readonly ServerPort Xds = new("xds", 9977, "xDS over gRPC", true);
    public static readonly ServerPort Rest = new("rest", 9976, "xDS over REST", true);
    public static readonly ServerPort Validation = new("validation", 9988, "proxy validation (gRPC)", true);
    public static readonly ServerPort ProxyDebug = new("proxy-debug", 9966, "proxy debug (gRPC)", true);
    public static readonly ServerPort Admin = new("admin", 9091, "metrics, health and admin API", true);

    /// <summary>All ports of the server's own process.</summary>
    public static readonly IReadOnlyList<ServerPort> All =
    [
        Xds,
        Rest,
        Admin,
        Validation,
        ProxyDebug,
        new("wasm-cache", 9979, "Wasm cache", false),
        new("webhook", 8443, "admission webhook", false),
        new("remoting", 8110, "Akka remoting between servers", false),
    ];

    /// <summary>Its option <c>--xds-port</c>, setting <c>xds-port</c> and variable <c>STAGEDOOR_XDS_PORT</c>.</summary>
    public ServeSetting Setting { get; } = new(
        $"{Name}-port", SettingForm.Value, "N",
        $"Port of {What} (default {Default}, 0 for any)" + (Exists ? "." : "; not in this version."));

    /// <summary>The port to listen on: what was given, else the default.</summary>
    /// <param name="values">What was given.</param>
    /// <param name="otherwise">Another default than this port's; null: none.</param>
    /// <exception cref="CommandException">It is not a port, or its part does not exist in this version.</exception>
    public int Choose(SettingValues values, int? otherwise = null)
    {
        if (values[Setting] is not { } value) return otherwise ?? Default;
        return Exists
            ? value.Port()
            : throw new CommandException(
                HostCodes.PartMissing, $"{value.Origin}: this version has no {What} yet", "leave it out");
    }
}
