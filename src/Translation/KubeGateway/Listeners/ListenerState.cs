using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>One listener of a Gateway while it is translated.</summary>
internal sealed class ListenerState(Resource gateway, Listener listener, int index)
{
    /// <summary>The Gateway.</summary>
    public Resource Gateway { get; } = gateway;

    /// <summary>The listener as written.</summary>
    public Listener Listener { get; } = listener;

    /// <summary>Its place in the Gateway.</summary>
    public int Index { get; } = index;

    /// <summary>What is said of it.</summary>
    public Conditions Conditions { get; } = new(gateway.Metadata.Generation);

    /// <summary>The kinds of routes that may attach.</summary>
    public ImmutableArray<RouteGroupKind> Kinds { get; set; } = [];

    /// <summary>Whether it can be served.</summary>
    public bool IsValid { get; set; } = true;

    /// <summary>The Secret with its certificate; null without TLS, or if that cannot be used.</summary>
    public ResourceKey? Certificate { get; set; }

    /// <summary>Whether it terminates TLS.</summary>
    public bool IsTls => Listener.Protocol == "HTTPS";

    /// <summary>Routes that are attached, with the hosts that they serve here.</summary>
    public List<AttachedRoute> Routes { get; } = [];

    /// <summary>The hostname, <c>*</c> if there is none.</summary>
    public string Host => Listener.Hostname ?? Hostnames.Any;

    /// <summary>
    /// The port that the proxy listens on: privileged ones are moved by 8000, the Service maps them back
    /// (gateway-translation 2.5).
    /// </summary>
    public int ProxyPort => Listener.Port < 1024 ? Listener.Port + 8000 : Listener.Port;
}
