using System.Net;
using System.Net.Security;
using Grpc.AspNetCore.Server;
using Grpc.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Stagedoor.Xds.Server.ClientStatus;
using Stagedoor.Xds.Server.Fallback;
using Stagedoor.Xds.Server.Fetches;
using Stagedoor.Xds.Server.Limits;
using Stagedoor.Xds.Server.Rest;
using Stagedoor.Xds.Server.Security;
using Stagedoor.Xds.Server.Services;
using Stagedoor.Xds.Server.Streams;

namespace Stagedoor.Xds.Server;

/// <summary>Puts the xDS server into a host.</summary>
public static class XdsServerExtensions
{
    private const int MaxAuxiliaryBytes = 256 * 1024;

    /// <summary>
    /// Registers the server. The host registers <see cref="ISnapshotDirectory"/> and <see cref="INodeReporter"/>.
    /// </summary>
    public static IServiceCollection AddXdsServer(
        this IServiceCollection services, Action<XdsServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null) services.Configure(configure);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<XdsMetrics>();
        services.TryAddSingleton<SnapshotSource>();
        services.TryAddSingleton<StreamRegistry>();
        services.TryAddSingleton<ClientMemories>();
        services.TryAddSingleton<StreamServices>();
        services.TryAddSingleton<AccessControl>();
        services.TryAddSingleton<TlsFiles>();
        services.AddHostedService(provider => provider.GetRequiredService<TlsFiles>());
        services.AddHostedService<StreamWatch>();
        services.TryAddSingleton<SnapshotFetcher>();
        services.TryAddSingleton<TypeCalls>();
        services.TryAddSingleton<ResourceJson>();
        services.TryAddSingleton<RestRequests>();
        services.TryAddSingleton<RestDiscovery>();
        services.TryAddSingleton<StatusCollector>();
        services.TryAddSingleton<AuxiliaryCalls>();
        services.AddGrpc();
        services.AddGrpcReflection();
        services.AddLimits<AdsService>();
        services.AddLimits<ListenerService>();
        services.AddLimits<RouteService>();
        services.AddLimits<ClusterService>();
        services.AddLimits<EndpointService>();
        services.AddLimits<SecretService>();
        services.AddLimits<RuntimeService>();
        services.AddLimits<ExtensionConfigService>();
        services.AddLimits<VirtualHostService>();
        services.AddLimits<ClientStatusService>(isAuxiliary: true);
        services.AddLimits<HealthService>(isAuxiliary: true);
        services.AddLimits<ReflectionServiceImpl>(isAuxiliary: true);
        return services;
    }

    /// <summary>Registers the server with these settings.</summary>
    public static IServiceCollection AddXdsServer(this IServiceCollection services, XdsServerOptions options)
    {
        services.AddSingleton(Options.Create(options));
        return services.AddXdsServer();
    }

    private static void AddLimits<TService>(this IServiceCollection services, bool isAuxiliary = false)
        where TService : class =>
        services.AddOptions<GrpcServiceOptions<TService>>().Configure<IOptions<XdsServerOptions>>((grpc, options) =>
        {
            grpc.MaxReceiveMessageSize = isAuxiliary ? MaxAuxiliaryBytes : options.Value.MaxRequestBytes;
            if (isAuxiliary) grpc.Interceptors.Add<AuxiliaryCalls>();
        });

    /// <summary>Reads the TLS files, if there are any, before anything starts.</summary>
    /// <exception cref="TlsFilesException">They cannot be used.</exception>
    public static void CheckXdsTls(this IServiceProvider services) => services.GetRequiredService<TlsFiles>();

    /// <summary>Maps the gRPC services.</summary>
    public static IEndpointRouteBuilder MapXds(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<AdsService>();
        endpoints.MapGrpcService<ListenerService>();
        endpoints.MapGrpcService<RouteService>();
        endpoints.MapGrpcService<ClusterService>();
        endpoints.MapGrpcService<EndpointService>();
        endpoints.MapGrpcService<SecretService>();
        endpoints.MapGrpcService<RuntimeService>();
        endpoints.MapGrpcService<ExtensionConfigService>();
        endpoints.MapGrpcService<VirtualHostService>();
        endpoints.MapGrpcService<ClientStatusService>();
        endpoints.MapGrpcService<HealthService>();
        endpoints.MapGrpcReflectionService();
        return endpoints;
    }

    /// <summary>Maps xDS over REST, for requests that <see cref="RestConnection.Carries"/> names.</summary>
    public static IEndpointRouteBuilder MapRestXds(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.ServiceProvider.GetRequiredService<RestDiscovery>().Map(endpoints);
        return endpoints;
    }

    /// <summary>
    /// Opens an endpoint for HTTP/2, without TLS (what Envoy speaks by default) unless that is set up, and sets the
    /// limits of the transport.
    /// </summary>
    public static void ConfigureXdsKestrel(
        this KestrelServerOptions kestrel, IPEndPoint endpoint, XdsServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        ArgumentNullException.ThrowIfNull(options);
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxRequestHeadersTotalSize = options.MaxHeaderBytes;
        limits.Http2.MaxStreamsPerConnection = options.MaxStreamsPerConnection;
        limits.Http2.KeepAlivePingDelay = options.KeepAlivePingDelay;
        limits.Http2.KeepAlivePingTimeout = options.KeepAlivePingTimeout;
        kestrel.Listen(endpoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (options.Tls is not null) listen.UseTls(SslApplicationProtocol.Http2);
        });
    }

    /// <summary>
    /// Opens an endpoint for xDS over REST; the limits are those of <see cref="ConfigureXdsKestrel"/>.
    /// </summary>
    public static void ConfigureRestXdsKestrel(
        this KestrelServerOptions kestrel, IPEndPoint endpoint, XdsServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        ArgumentNullException.ThrowIfNull(options);
        kestrel.Listen(endpoint, listen =>
        {
            listen.Protocols = options.Tls is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            if (options.Tls is not null) listen.UseTls(SslApplicationProtocol.Http2, SslApplicationProtocol.Http11);
            RestConnection.Mark(listen);
        });
    }
}
