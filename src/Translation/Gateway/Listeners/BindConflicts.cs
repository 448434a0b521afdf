using Solo.Gloo;
using Stagedoor.Api;
using Edge = Solo.Gateway;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Gateways of one Proxy that bind the same address and port: the oldest listens, the others do not (rule I4).
/// </summary>
/// <param name="Listeners">The listeners of the Proxy, by name.</param>
/// <param name="Remarks">What is to be said of the Gateways.</param>
internal sealed record BindConflicts(List<Listener> Listeners, Dictionary<ResourceKey, Diagnostic> Remarks)
{
    public static BindConflicts Resolve(IReadOnlyList<GatewayUnit> units)
    {
        var remarks = new Dictionary<ResourceKey, Diagnostic>();
        var listeners = new List<Listener>();
        foreach (var bind in units.Where(unit => unit.Listener is not null).GroupBy(unit => unit.Listener!.Name))
        {
            var claimants = bind.OrderBy(unit => unit.Gateway.Metadata.Created).ThenBy(unit => unit.Gateway.Key)
                .ToList();
            listeners.Add(claimants[0].Listener!);
            if (claimants.Count > 1) Report(claimants, remarks);
        }

        listeners.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new BindConflicts(listeners, remarks);
    }

    private static void Report(List<GatewayUnit> claimants, Dictionary<ResourceKey, Diagnostic> remarks)
    {
        var winner = claimants[0];
        var gateway = winner.Gateway.As<Edge.Gateway>();
        var bind = $"{gateway.BindAddress}:{gateway.BindPort}";
        foreach (var loser in claimants.Skip(1))
        {
            remarks[loser.Gateway.Key] = Remark.Error(
                loser.Gateway, GatewayCodes.BindConflict, "spec.bindPort",
                $"bind-address {bind} is not unique in a proxy: it stays with gateway {Name(winner)}, "
                + "which comes first by age and name");
        }

        remarks[winner.Gateway.Key] = Remark.Info(
            winner.Gateway, GatewayCodes.BindConflict, "spec.bindPort",
            $"bind-address {bind} is kept; claimed in vain by "
            + Shorten.Names(claimants.Skip(1).Select(Name), claimants.Count - 1));
    }

    private static string Name(GatewayUnit unit) => $"{unit.Gateway.Key.Namespace}.{unit.Gateway.Key.Name}";
}
