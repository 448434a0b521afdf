using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Stagedoor.Host.Serving;

namespace Stagedoor.Host.Services;

/// <summary>Gloo's gRPC services beside xDS: proxy validation and proxy debug, each on a port of its own.</summary>
internal static class GlooServices
{
    /// <summary>Largest request that is read: the limit that Gloo's chart sets.</summary>
    private const int MaxRequestBytes = 100 << 20;

    /// <summary>Largest question for Proxies: names and labels.</summary>
    private const int MaxQuestionBytes = 64 << 10;

    /// <summary>Opens the two ports.</summary>
    public static void Listen(KestrelServerOptions kestrel, ServeOptions options)
    {
        kestrel.Listen(options.ValidationAddress, options.ValidationPort, ServiceConnection.Validation.Listen);
        kestrel.Listen(options.ProxyDebugAddress, options.ProxyDebugPort, ServiceConnection.ProxyDebug.Listen);
    }

    /// <summary>Registers the services, with answers compressed for clients that take gzip.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ProxyObjects>();
        services.AddSingleton<ValidationPace>();
        services.AddGrpc()
            .AddServiceOptions<ValidationService>(grpc => Limit(grpc, MaxRequestBytes))
            .AddServiceOptions<ProxyDebugService>(grpc => Limit(grpc, MaxQuestionBytes));
    }

    /// <summary>Maps each service to its port.</summary>
    public static void Map(IApplicationBuilder app)
    {
        app.MapWhen(ServiceConnection.Validation.Carries, validation => validation
            .Use(AllowLargeBodies)
            .UseRouting()
            .UseEndpoints(at => at.MapGrpcService<ValidationService>()));
        app.MapWhen(ServiceConnection.ProxyDebug.Carries, debug => debug
            .UseRouting()
            .UseEndpoints(at => at.MapGrpcService<ProxyDebugService>()));
    }

    private static void Limit<TService>(GrpcServiceOptions<TService> grpc, int receive)
        where TService : class
    {
        grpc.MaxReceiveMessageSize = receive;
        grpc.MaxSendMessageSize = null;
        grpc.ResponseCompressionAlgorithm = "gzip";
        grpc.ResponseCompressionLevel = System.IO.Compression.CompressionLevel.Fastest;
    }

    private static Task AllowLargeBodies(HttpContext context, RequestDelegate next)
    {
        // gRPC's own limit comes first; Kestrel's, for all of the server, is lower.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxRequestBytes + 1024;
        return next(context);
    }
}
