using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Stagedoor.Host.Services;

/// <summary>
/// Marks the connections of one of Gloo's gRPC ports, so that each service is had through its own port only.
/// </summary>
internal sealed class ServiceConnection
{
    /// <summary>Connections of the proxy validation port.</summary>
    public static readonly ServiceConnection Validation = new();

    /// <summary>Connections of the proxy debug port.</summary>
    public static readonly ServiceConnection ProxyDebug = new();

    private ServiceConnection()
    {
    }

    /// <summary>Opens an endpoint for gRPC whose connections are marked.</summary>
    public void Listen(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http2;
        listen.Use(next => connection =>
        {
            connection.Features.Set(this);
            return next(connection);
        });
    }

    /// <summary>Whether a request came through the port.</summary>
    public bool Carries(HttpContext context) => ReferenceEquals(context.Features.Get<ServiceConnection>(), this);
}
