using GlooUpgrade = Solo.Gloo.Options.ProtocolUpgrade.ProtocolUpgradeConfig;
using RouteUpgrade = Envoy.Config.Route.V3.RouteAction.Types.UpgradeConfig;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>upgrades</c> of routes (envoy-translation 4.6).</summary>
internal static class Upgrades
{
    public static void OnRoute(RouteScope route)
    {
        if (route.Action is not { } action) return;
        foreach (var upgrade in route.Options.Upgrades)
        {
            var output = new RouteUpgrade { UpgradeType = TypeOf(upgrade), Enabled = Spec(upgrade)?.Enabled };
            if (output.UpgradeType.Length == 0)
                route.Error("upgrades: one of websocket, connect, connectTerminate is needed");
            if (upgrade.UpgradeTypeCase == GlooUpgrade.UpgradeTypeOneofCase.ConnectTerminate)
                output.ConnectConfig = new RouteUpgrade.Types.ConnectConfig();
            if (action.UpgradeConfigs.Any(other => other.UpgradeType == output.UpgradeType))
                route.Error($"upgrades: {output.UpgradeType} is listed twice");
            action.UpgradeConfigs.Add(output);
        }
    }

    /// <summary>Envoy's name of the protocol; empty if none is set.</summary>
    public static string TypeOf(GlooUpgrade upgrade) => upgrade.UpgradeTypeCase switch
    {
        GlooUpgrade.UpgradeTypeOneofCase.Websocket => "websocket",
        GlooUpgrade.UpgradeTypeOneofCase.Connect or GlooUpgrade.UpgradeTypeOneofCase.ConnectTerminate => "CONNECT",
        _ => "",
    };

    /// <summary>The settings of the protocol that is set.</summary>
    public static GlooUpgrade.Types.ProtocolUpgradeSpec? Spec(GlooUpgrade upgrade) =>
        upgrade.Websocket ?? upgrade.Connect ?? upgrade.ConnectTerminate;
}
