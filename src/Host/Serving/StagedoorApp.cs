using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Stagedoor.Actors;
using Stagedoor.Api;
using Stagedoor.Host.Admin;
using Stagedoor.Host.Services;
using Stagedoor.Xds.Server;
using Stagedoor.Xds.Server.Rest;

namespace Stagedoor.Host.Serving;

/// <summary>The rooms composed into one application: services, listeners, and what each listener offers.</summary>
internal static class StagedoorApp
{
    /// <summary>How long a stop may take after the last stream was told to end.</summary>
    private static readonly TimeSpan StopRest = TimeSpan.FromSeconds(3.5);

    /// <summary>Builds the application; nothing listens yet.</summary>
    public static WebApplication Build(ServeOptions options, KeyRing keys, Catalog catalog, StartupClock clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        Log(builder.Logging, options);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureXdsKestrel(new IPEndPoint(options.XdsAddress, options.XdsPort), options.Xds);
            kestrel.Listen(options.AdminAddress, options.AdminPort, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                AdminConnection.Mark(listen);
            });
            kestrel.ConfigureRestXdsKestrel(new IPEndPoint(options.XdsAddress, options.RestPort), options.Xds);
            GlooServices.Listen(kestrel, options);
        });
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = StopPatience(options);
            // The ports open while the cluster forms; who connects early waits for its first snapshot.
            host.ServicesStartConcurrently = true;
            host.ServicesStopConcurrently = true;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddXdsServer(options.Xds);
        builder.Services.AddSingleton(catalog);
        GlooServices.Add(builder.Services);
        builder.Services.AddStagedoorActors(_ => new StagedoorActorsOptions
        {
            Catalog = catalog,
            Translation = TranslationBinding.Functions(clock),
            DataDirectory = options.Data,
            Protector = keys,
        });
        var app = builder.Build();
        var state = new AdminState(app.Services.GetRequiredService<IControlPlane>(), catalog, clock);
        app.MapWhen(AdminConnection.Carries, admin => admin.UseRouting().UseEndpoints(at => AdminApi.Map(at, state)));
        app.MapWhen(RestConnection.Carries, rest => rest.UseRouting().UseEndpoints(at => at.MapRestXds()));
        GlooServices.Map(app);
        app.UseRouting().UseEndpoints(at => at.MapXds());
        return app;
    }

    /// <summary>How long a stop may take.</summary>
    public static TimeSpan StopPatience(ServeOptions options) => options.Xds.StopSpread + StopRest;

    /// <summary>Where the running application listens; a wildcard address is given as loopback.</summary>
    public static ServerAddresses Addresses(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(address => new Uri(address))
            .ToArray();
        return new ServerAddresses(
            EndPoint(addresses[0]), EndPoint(addresses[1]), EndPoint(addresses[2]), EndPoint(addresses[3]),
            EndPoint(addresses[4]));
    }

    private static void Log(ILoggingBuilder logging, ServeOptions options)
    {
        logging.SetMinimumLevel(options.LogLevel);
        // Chatty about what is said better elsewhere; who debugs wants it all the same.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Grpc", LogLevel.Warning);
        logging.AddFilter("Akka", options.LogLevel <= LogLevel.Debug ? options.LogLevel : LogLevel.Error);
        if (options.LogJson)
        {
            logging.AddJsonConsole(console => console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ");
        }
        else
        {
            logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
            logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        }
    }

    private static IPEndPoint EndPoint(Uri address)
    {
        var ip = IPAddress.Parse(address.Host.Trim('[', ']'));
        if (ip.Equals(IPAddress.Any)) ip = IPAddress.Loopback;
        if (ip.Equals(IPAddress.IPv6Any)) ip = IPAddress.IPv6Loopback;
        return new IPEndPoint(ip, address.Port);
    }
}
