using System.Net;

namespace Stagedoor.Host.Serving;

/// <summary>Where a server listens.</summary>
/// <param name="Xds">xDS over gRPC.</param>
/// <param name="Admin">Metrics, health and admin API.</param>
/// <param name="Rest">xDS over REST.</param>
/// <param name="Validation">Proxy validation.</param>
/// <param name="ProxyDebug">Proxy debug.</param>
internal sealed record ServerAddresses(
    IPEndPoint Xds, IPEndPoint Admin, IPEndPoint Rest, IPEndPoint Validation, IPEndPoint ProxyDebug);
