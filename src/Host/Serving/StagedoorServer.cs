using System.Net;
using Akka.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Stagedoor.Actors;
using Stagedoor.Actors.Storage;
using Stagedoor.Api;
using Stagedoor.Host.Admin;
using Stagedoor.Host.Commands;
using Stagedoor.Host.Envoys;
using Stagedoor.Watchers;
using Stagedoor.Xds.Server;

namespace Stagedoor.Host.Serving;

/// <summary>
/// The server of <c>stagedoor serve</c>: one process, one folder, everything composed. Sources are read while the actors start; the
/// journal serves before any source has answered (rule I7).
/// </summary>
internal sealed partial class StagedoorServer : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private readonly ServeOptions _options;
    private readonly StartupClock _clock = new();
    private readonly Catalog _catalog = new();
    private readonly DataDirectoryLock _lock;
    private readonly WebApplication _app;
    private readonly FileSource _source;
    private readonly ILogger _logger;
    private EnvoySupervisor? _envoys;
    private Task _supervising = Task.CompletedTask;

    private StagedoorServer(ServeOptions options)
    {
        _options = options;
        _lock = TakeLock(options.Data);
        try
        {
            var keys = new KeyRing(options.KeyRing);
            _app = Build(options, keys);
            _logger = _app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("stagedoor");
            _source = new FileSource(
                new FileSourceOptions
                {
                    Directory = options.Config, DataDirectory = options.Data, Protector = keys,
                    AllowEmpty = options.AllowEmpty,
                },
                _catalog, TimeProvider.System, _logger);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Where xDS listens.</summary>
    public IPEndPoint Xds { get; private set; } = new(IPAddress.None, 0);

    /// <summary>Where the admin API listens.</summary>
    public IPEndPoint Admin { get; private set; } = new(IPAddress.None, 0);

    private IControlPlane ControlPlane => _app.Services.GetRequiredService<IControlPlane>();

    /// <summary>Starts everything; returns when it serves.</summary>
    /// <exception cref="CommandException">It cannot be started: the folder, a port or the data directory.</exception>
    public static async Task<StagedoorServer> StartAsync(ServeOptions options, CancellationToken stop)
    {
        var server = new StagedoorServer(options);
        try
        {
            await server.StartAsync(stop).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until the process is told to stop, or the actors have ended.</summary>
    public Task WaitForShutdownAsync(CancellationToken stop) => _app.WaitForShutdownAsync(stop);

    /// <summary>Ends the Envoys (after draining them), the streams, the actors and the source, in this order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_envoys is not null) await _envoys.StopAsync(end: true).ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(StopPatience);
        await _app.StopAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _supervising.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _source.DisposeAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }

    private async Task StartAsync(CancellationToken stop)
    {
        _clock.Done("runtime");
        var hasJournal = SqliteJournal.HasProxies(_options.Data);
        var reading = ReadAsync(stop);
        AdminApi.Map(_app, new AdminState(ControlPlane, _catalog, _clock));
        _app.MapXds();
        try
        {
            await _app.StartAsync(stop).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new CommandException(
                HostCodes.Port, $"cannot listen: {e.Message}", "choose other ports with --xds-port and --admin-port", e);
        }

        _clock.Done("actors");
        (Xds, Admin) = Addresses();
        var start = await reading.ConfigureAwait(false);
        if (start != FileSourceStart.Listed)
        {
            if (!hasJournal)
            {
                throw new CommandException(
                    HostCodes.ConfigFolder, $"the folder {_options.Config} {Reason(start)}, and the journal has nothing to serve instead",
                    "make the folder, or name another with --config");
            }

            FromJournal(_logger, HostCodes.ConfigFolder, _options.Config, Reason(start));
        }

        if (_options.Envoy is not null) _supervising = SuperviseAsync(_options.Envoy);
    }

    private async Task<FileSourceStart> ReadAsync(CancellationToken stop)
    {
        var start = await _source.StartAsync(stop).ConfigureAwait(false);
        _clock.Done("parsing");
        return start;
    }

    private async Task SuperviseAsync(string executable)
    {
        var loggers = _app.Services.GetRequiredService<ILoggerFactory>();
        _envoys = new EnvoySupervisor(
            new EnvoyKeeperOptions(executable, _options.Data, Xds.Port, _options.EnvoyConcurrency), loggers);
        var stopping = _app.Lifetime.ApplicationStopping;
        while (!stopping.IsCancellationRequested)
        {
            var seen = ControlPlane.Revision;
            var proxies = ControlPlane.Proxies.Where(proxy => proxy.Count(Stagedoor.Xds.XdsType.Listener) > 0);
            _envoys.Keep(proxies.Select(proxy => proxy.Proxy).ToHashSet(), _catalog.Current.IsSynced);
            await ControlPlane.WhenChanged(seen).WaitAsync(stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private WebApplication Build(ServeOptions options, KeyRing keys)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(options.LogLevel);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning);
        if (options.LogJson) builder.Logging.AddJsonConsole();
        else builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.XdsAddress, options.XdsPort, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(options.AdminAddress, options.AdminPort, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        builder.Services.AddXdsServer(_ => { });
        builder.Services.AddStagedoorActors(new StagedoorActorsOptions
        {
            Catalog = _catalog, Translation = TranslationBinding.Functions(_clock), DataDirectory = options.Data,
            Protector = keys,
        });
        return builder.Build();
    }

    private (IPEndPoint Xds, IPEndPoint Admin) Addresses()
    {
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(address => new Uri(address))
            .ToArray();
        return (EndPoint(addresses[0]), EndPoint(addresses[1]));
    }

    private static IPEndPoint EndPoint(Uri address)
    {
        var ip = IPAddress.Parse(address.Host.Trim('[', ']'));
        var any = ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any);
        return new IPEndPoint(any ? IPAddress.Loopback : ip, address.Port);
    }

    private static DataDirectoryLock TakeLock(string data)
    {
        PrivateDirectory.Create(data);
        try
        {
            return DataDirectoryLock.Take(data);
        }
        catch (DataDirectoryInUseException e)
        {
            throw new CommandException(HostCodes.DataInUse, e.Message, "stop it, or choose another --data", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(HostCodes.DataDirectory, $"cannot use the data directory {data}: {e.Message}", inner: e);
        }
    }

    private static string Reason(FileSourceStart start) =>
        start == FileSourceStart.Missing ? "does not exist" : "is empty but was not when it was last read";

    [LoggerMessage(LogLevel.Error, "{Code}: the folder {Folder} {Reason}; serving what the journal has until it is back")]
    private static partial void FromJournal(ILogger logger, string code, string folder, string reason);
}
