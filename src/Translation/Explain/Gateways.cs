using System.Globalization;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway;
using Edge = Solo.Gateway;

namespace Stagedoor.Translation.Explain;

/// <summary>Explains Gateways: which Proxies they feed, and why one does not listen.</summary>
internal static class Gateways
{
    public static void Explain(Findings findings, Resource gateway)
    {
        var settings = findings.Inputs.Settings;
        if (!settings.Reads(gateway.Key))
        {
            findings.Miss(new MissedGate(
                Gate.Gateway,
                $"Gateways are read from the namespace {settings.WriteNamespace} only",
                $"move it to {settings.WriteNamespace}, or set gateway.readGatewaysFromAllNamespaces of the Settings"));
            return;
        }

        foreach (var proxy in findings.Inputs.Proxies)
        {
            foreach (var unit in proxy.Units.Where(unit => unit.Gateway.Key == gateway.Key))
            {
                if (!proxy.Listens(unit)) findings.Miss(NotListening(proxy, unit));
                else if (!proxy.HasListener(unit.Listener!.Name)) findings.Miss(NotServed(proxy, unit));
                else Places(findings, proxy, unit);
            }
        }
    }

    /// <summary>There is no Gateway that could lead anywhere.</summary>
    public static MissedGate NoneRead(ExplainInputs inputs)
    {
        var others = inputs.View.OfKind(ResourceKinds.Gateway).Keys
            .Select(key => $"{key.Namespace}/{key.Name}")
            .ToList();
        if (others.Count == 0)
            return new MissedGate(Gate.Gateway, "there is no Gateway", "create a Gateway with httpGateway: {}");
        return new MissedGate(
            Gate.Gateway,
            $"no Gateway is read: {Shorten.Names(others, others.Count)} are not in {inputs.Settings.WriteNamespace}",
            $"move one to {inputs.Settings.WriteNamespace}, or set gateway.readGatewaysFromAllNamespaces "
            + "of the Settings");
    }

    /// <summary>Why a Gateway yields no listener in a Proxy.</summary>
    public static MissedGate NotListening(ExplainedProxy proxy, GatewayUnit unit)
    {
        var gateway = unit.Gateway.Key;
        var missed = unit switch
        {
            { Shape: ListenerShape.None, Fixed: [var error, ..] } => new MissedGate(
                Gate.GatewayType, $"{gateway}: {error.Message}", "give it one of the three types"),
            { Shape: ListenerShape.None } => new MissedGate(
                Gate.GatewayType, $"{gateway} is a hybrid Gateway with nothing in it",
                "give it matchedGateways, delegatedHttpGateways or delegatedTcpGateways"),
            { Listener: not null } when proxy.BindRemark(unit) is { } conflict => new MissedGate(
                Gate.Listens, $"{gateway}: {conflict.Message}", "give it another bindPort, or another Proxy"),
            _ when unit.Remarks.FirstOrDefault(said => said.Severity != Severity.Info) is { } remark =>
                new MissedGate(Gate.Listens, $"{gateway}: {remark.Message}", remark.Hint ?? "correct the Gateway"),
            _ => new MissedGate(
                Gate.Listens, $"{gateway} has no VirtualService to serve, so it does not listen",
                "create a VirtualService, or set gateway.translateEmptyGateways of the Settings"),
        };
        return missed with { At = gateway, Proxy = proxy.Id };
    }

    /// <summary>Envoy does not get the listener, or the virtual host in it.</summary>
    public static MissedGate NotServed(ExplainedProxy proxy, GatewayUnit unit)
    {
        var gateway = unit.Gateway.Key;
        var said = proxy.Translation.Reports
            .Where(report => report.Resource == gateway)
            .SelectMany(report => report.Diagnostics)
            .FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error);
        return new MissedGate(
            Gate.Valid,
            said is null
                ? $"Envoy gets no listener of {gateway}: nothing is left to serve"
                : $"Envoy gets no listener of {gateway}: {said.Message}",
            said?.Hint ?? "see what 'check' says of the Gateway")
        {
            At = gateway,
            Proxy = proxy.Id,
        };
    }

    private static void Places(Findings findings, ExplainedProxy proxy, GatewayUnit unit)
    {
        var gateway = unit.Gateway.As<Edge.Gateway>();
        var port = gateway.BindPort.ToString(CultureInfo.InvariantCulture);
        var place = new Place(proxy.Id)
        {
            Gateway = unit.Gateway.Key,
            Listener = unit.Listener!.Name,
            By = [$"{unit.Gateway.Key} spec.bindPort ({gateway.BindAddress}:{port})"],
        };
        var any = false;
        foreach (var routes in proxy.RoutesOf(place.Listener))
        {
            any = true;
            findings.Add(place with
            {
                RouteConfiguration = routes.Name,
                VirtualHosts = [.. routes.VirtualHosts.Select(host => host.Name)],
            });
        }

        // TCP has no routes.
        if (!any) findings.Add(place);
    }
}
