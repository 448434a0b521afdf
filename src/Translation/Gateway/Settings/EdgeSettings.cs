using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// What the translation of the classic API reads of Settings (gateway-translation 0.4), defaults filled in.
/// </summary>
public sealed record EdgeSettings
{
    /// <summary><c>discoveryNamespace</c>: where Proxies live.</summary>
    public required string WriteNamespace { get; init; }

    /// <summary>Namespaces whose resources are seen.</summary>
    public required WatchedNamespaces Watched { get; init; }

    /// <summary><c>gateway.enableGatewayController</c>; without it only stored Proxies are served.</summary>
    public bool Enabled { get; init; }

    /// <summary><c>gateway.readGatewaysFromAllNamespaces</c>; else only those of the write namespace.</summary>
    public bool AllGateways { get; init; }

    /// <summary><c>gateway.isolateVirtualHostsBySslConfig</c>.</summary>
    public bool Isolate { get; init; }

    /// <summary><c>gateway.translateEmptyGateways</c>.</summary>
    public bool TranslateEmpty { get; init; }

    /// <summary><c>gateway.compressedProxySpec</c>.</summary>
    public bool Compressed { get; init; }

    /// <summary><c>gateway.virtualServiceOptions.oneWayTls</c>; null leaves VirtualServices as they are.</summary>
    public bool? OneWayTls { get; init; }

    /// <summary><c>gateway.validation.warnRouteShortCircuiting</c>, unless validation is switched off.</summary>
    public bool WarnShortCircuits { get; init; }

    /// <summary>
    /// Whether the ports of Services are Upstreams: <c>gloo.disableKubernetesDestinations</c> is not set.
    /// </summary>
    public bool HasServiceUpstreams { get; init; }

    /// <summary>What a route that cannot be translated answers with.</summary>
    public required InvalidRouteResponse InvalidRoute { get; init; }

    /// <summary>Reads the Settings object in force.</summary>
    public static EdgeSettings Of(CatalogView view)
    {
        var settings = SettingsObject.Read(view);
        var writeNamespace = settings.DiscoveryNamespace is { Length: > 0 } ns ? ns : SettingsObject.DefaultNamespace;
        var gateway = settings.Gateway;
        var validation = gateway?.Validation;
        return new EdgeSettings
        {
            WriteNamespace = writeNamespace,
            Watched = WatchedNamespaces.Of(settings, writeNamespace, view),
            Enabled = gateway?.EnableGatewayController ?? true,
            AllGateways = gateway?.ReadGatewaysFromAllNamespaces ?? false,
            Isolate = gateway?.IsolateVirtualHostsBySslConfig ?? false,
            TranslateEmpty = gateway?.TranslateEmptyGateways ?? false,
            Compressed = gateway?.CompressedProxySpec ?? false,
            OneWayTls = gateway?.VirtualServiceOptions?.OneWayTls,
            WarnShortCircuits = WarnsShortCircuits(validation),
            HasServiceUpstreams = settings.Gloo?.DisableKubernetesDestinations != true,
            InvalidRoute = InvalidRouteResponse.Of(settings),
        };
    }

    /// <summary>Whether a Gateway counts: seen, and in the write namespace unless all namespaces are read.</summary>
    public bool Reads(ResourceKey gateway) =>
        AllGateways ? Watched.Contains(gateway.Namespace) : gateway.Namespace == WriteNamespace;

#pragma warning disable CS0612 // The contract marks the field as deprecated; files still use it.
    private static bool WarnsShortCircuits(Solo.Gloo.GatewayOptions.Types.ValidationOptions? validation) =>
        validation is { WarnRouteShortCircuiting: true } and not { ServerEnabled: false };
#pragma warning restore CS0612
}
