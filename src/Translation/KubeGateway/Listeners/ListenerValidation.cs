using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;
using Stagedoor.Translation.Envoy;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>Which listeners can be served, and what is said of the others (gateway-translation 2.4).</summary>
internal static class ListenerValidation
{
    private static readonly string[] HttpKinds = ["HTTPRoute", "GRPCRoute"];

    /// <summary>Checks all listeners of a Gateway.</summary>
    public static void Check(IReadOnlyList<ListenerState> listeners, CatalogView view)
    {
        foreach (var listener in listeners)
        {
            CheckProtocol(listener);
            CheckKinds(listener);
        }

        foreach (var port in listeners.Where(listener => listener.IsValid).GroupBy(l => l.Listener.Port).ToList())
            CheckConflicts([.. port]);
        foreach (var listener in listeners.Where(listener => listener.IsValid && listener.IsTls))
            CheckCertificate(listener, view);
        foreach (var listener in listeners)
        {
            listener.Conditions.Set("Accepted", true, "Accepted");
            listener.Conditions.Set("Conflicted", false, "NoConflicts");
            listener.Conditions.Set("ResolvedRefs", true, "ResolvedRefs");
            listener.Conditions.Set("Programmed", true, "Programmed");
        }
    }

    private static void CheckProtocol(ListenerState listener)
    {
        if (listener.Listener.Protocol is "HTTP" or "HTTPS") return;
        Refuse(
            listener, "Accepted", false, "UnsupportedProtocol",
            $"protocol {listener.Listener.Protocol} is not supported; HTTP and HTTPS are");
    }

    private static void CheckKinds(ListenerState listener)
    {
        var possible = listener.IsValid ? HttpKinds : [];
        var asked = listener.Listener.AllowedRoutes.Kinds;
        listener.Kinds = asked.IsEmpty
            ? [.. possible.Select(kind => new RouteGroupKind { Kind = kind })]
            : [.. asked.Where(kind => kind.Group == GatewayApiKinds.Group && possible.Contains(kind.Kind))];
        if (!listener.IsValid || listener.Kinds.Length == asked.Length || asked.IsEmpty) return;
        listener.Conditions.Set(
            "ResolvedRefs", false, "InvalidRouteKinds",
            "allowedRoutes.kinds names kinds that cannot attach to this protocol");
        if (listener.Kinds.IsEmpty)
            Refuse(listener, "Programmed", false, "Invalid", "no kind of route can attach");
    }

    // All that conflict lose: the specification leaves no choice among them.
    private static void CheckConflicts(ImmutableArray<ListenerState> port)
    {
        if (port.Select(listener => listener.Listener.Protocol).Distinct().Count() > 1)
        {
            foreach (var listener in port)
                Conflict(listener, "ProtocolConflict", "listeners of different protocols share the port");
            return;
        }

        foreach (var host in port.GroupBy(listener => listener.Host).Where(host => host.Count() > 1))
            foreach (var listener in host)
                Conflict(listener, "HostnameConflict", $"hostname {host.Key} is used more than once on the port");
    }

    private static void Conflict(ListenerState listener, string reason, string message)
    {
        listener.Conditions.Set("Conflicted", true, reason, message);
        Refuse(listener, "Programmed", false, "Invalid", message);
    }

    private static void CheckCertificate(ListenerState listener, CatalogView view)
    {
        var tls = listener.Listener.Tls;
        if (tls?.Mode == "Passthrough")
        {
            Refuse(listener, "Accepted", false, "UnsupportedValue", "an HTTPS listener terminates TLS");
            return;
        }

        if (tls is null || tls.CertificateRefs.IsEmpty)
        {
            Unresolved(listener, "InvalidCertificateRef", "certificateRefs is empty");
            return;
        }

        var reference = tls.CertificateRefs[0];
        var key = new ResourceKey(
            reference.Group, reference.Kind, reference.Namespace ?? listener.Gateway.Key.Namespace, reference.Name);
        if (!key.Is(ResourceKinds.Secret))
            Unresolved(listener, "InvalidCertificateRef", $"{key} is not of kind Secret");
        else if (!ReferenceGrants.Allow(view, listener.Gateway.Key, key))
            Unresolved(listener, "RefNotPermitted", $"no ReferenceGrant permits the reference to {key}");
        else if (view.Find(key) is not { } secret)
            Unresolved(listener, "InvalidCertificateRef", $"{key} does not exist");
        else if (TlsMaterials.Of(secret).Error is { } why)
            Unresolved(listener, "InvalidCertificateRef", $"{key}: {why}");
        else listener.Certificate = key;
    }

    private static void Unresolved(ListenerState listener, string reason, string message)
    {
        listener.Conditions.Set("ResolvedRefs", false, reason, message);
        listener.Conditions.Set("Programmed", false, "Invalid", message);
    }

    private static void Refuse(ListenerState listener, string type, bool value, string reason, string message)
    {
        listener.IsValid = false;
        listener.Conditions.Set(type, value, reason, message);
        listener.Conditions.Set("Programmed", false, "Invalid", message);
    }
}
