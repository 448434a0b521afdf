using System.Net;
using Stagedoor.Actors;
using Stagedoor.Api;
using Stagedoor.Host.Commands;
using Stagedoor.Host.Envoys;
using Stagedoor.Watchers;
using Stagedoor.Xds.Server;
using Stagedoor.Xds.Server.Security;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Host.Serving;

/// <summary>
/// The server of <c>stagedoor serve</c>: one process, one folder, everything composed. Sources are read while the
/// actors start; the journal serves before any source has answered (rule I7).
/// </summary>
internal sealed partial class StagedoorServer : IAsyncDisposable
{
    private readonly ServeOptions _options;
    private readonly StartupClock _clock;
    private readonly Catalog _catalog = new();
    private readonly DataDirectoryLock _lock;
    private readonly WebApplication _app;
    private readonly FileSource _source;
    private readonly ILogger _logger;
    private EnvoySupervisor? _envoys;
    private Task _watching = Task.CompletedTask;
    private Task _warming = Task.CompletedTask;
    private volatile bool _isPlannedStop;

    private StagedoorServer(ServeOptions options, StartupClock clock)
    {
        _clock = clock;
        _lock = TakeLock(options.Data);
        try
        {
            if (options is { XdsPort: 0, Envoy: not null })
                options = options with { XdsPort = XdsPortMemory.Recall(options.Data, options.XdsAddress) };
            _options = options;
            var keys = new KeyRing(options.KeyRing);
            _app = StagedoorApp.Build(options, keys, _catalog, clock);
            _logger = _app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("stagedoor");
            _source = new FileSource(
                new FileSourceOptions
                {
                    Directory = options.Config,
                    DataDirectory = options.Data,
                    Protector = keys,
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

    /// <summary>Where xDS over REST listens.</summary>
    public IPEndPoint Rest { get; private set; } = new(IPAddress.None, 0);

    /// <summary>Where the admin API listens.</summary>
    public IPEndPoint Admin { get; private set; } = new(IPAddress.None, 0);

    /// <summary>Where proxy validation listens.</summary>
    public IPEndPoint Validation { get; private set; } = new(IPAddress.None, 0);

    /// <summary>Where proxy debug listens.</summary>
    public IPEndPoint ProxyDebug { get; private set; } = new(IPAddress.None, 0);

    /// <summary>What the actors know.</summary>
    public IControlPlane ControlPlane => _app.Services.GetRequiredService<IControlPlane>();

    /// <summary>Starts everything; returns when it listens.</summary>
    /// <exception cref="CommandException">It cannot be started: the folder, a port or the data directory.</exception>
    public static async Task<StagedoorServer> StartAsync(
        ServeOptions options, StartupClock clock, CancellationToken stop)
    {
        var server = new StagedoorServer(options, clock);
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

    /// <summary>
    /// Ends when the process is told to stop (SIGINT, SIGTERM), or when the actors have ended by themselves: then it is
    /// false, and the Envoys are left running for the next server.
    /// </summary>
    public async Task<bool> WaitForStopAsync(CancellationToken stop)
    {
        var stopping = _app.Lifetime.ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, stopping);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // The actors' host sets it when they end by themselves.
        return _isPlannedStop = Environment.ExitCode == 0;
    }

    /// <summary>
    /// Waits until every Proxy of the first list of the sources has a snapshot, at most <paramref name="patience"/>.
    /// </summary>
    public async Task<bool> WaitForFirstSnapshotsAsync(TimeSpan patience, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(patience);
        try
        {
            while (true)
            {
                var seen = ControlPlane.Revision;
                if (FirstSnapshots.AreComplete(_catalog.Current, ControlPlane.Proxies)) break;
                await Task.WhenAny(ControlPlane.WhenChanged(seen), Task.Delay(100, deadline.Token))
                    .ConfigureAwait(false);
                deadline.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        _clock.Done("snapshot");
        Complete(_logger, _clock.ToString());
        return true;
    }

    /// <summary>Ends the Envoys (after draining them), the streams, the actors and the source, in this order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_envoys is not null) await _envoys.StopAsync(end: _isPlannedStop).ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(StagedoorApp.StopPatience(_options));
        await _app.StopAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _warming.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _source.DisposeAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }

    private async Task StartAsync(CancellationToken stop)
    {
        var hasJournal = SqliteJournal.HasProxies(_options.Data);
        if (!hasJournal && !Directory.Exists(_options.Config)) throw NothingToServe("does not exist");
        _clock.Done("runtime");
        var reading = ReadAsync(stop);
        try
        {
            _app.Services.CheckXdsTls();
            await _app.StartAsync(stop).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new CommandException(
                HostCodes.Port, $"cannot listen: {e.Message}",
                "choose other ports with --xds-port, --rest-port and --admin-port", e);
        }
        catch (TlsFilesException e)
        {
            throw new CommandException(XdsCodes.TlsFiles, e.Message, "correct --xds-tls-cert and its companions", e);
        }

        _clock.Done("actors");
        (Xds, Admin, Rest, Validation, ProxyDebug) = StagedoorApp.Addresses(_app);
        var start = await reading.ConfigureAwait(false);
        if (start != FileSourceStart.Listed)
        {
            if (!hasJournal) throw NothingToServe(Reason(start));
            FromJournal(_logger, HostCodes.ConfigFolder, _options.Config, Reason(start));
            _warming = Task.Run(WarmUp.Run, stop);
        }

        if (_options.Envoy is not null) _watching = SuperviseAsync(_options.Envoy);
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
            _envoys.Keep(
                proxies.Select(proxy => proxy.Proxy).ToHashSet(),
                FirstSnapshots.AreComplete(_catalog.Current, ControlPlane.Proxies));
            await ControlPlane.WhenChanged(seen).WaitAsync(stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
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
            throw new CommandException(
                HostCodes.DataInUse,
                $"the data directory {data} is in use by process {e.Pid}, another 'stagedoor serve'",
                "stop it, or choose another --data", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                HostCodes.DataDirectory, $"cannot use the data directory {data}: {e.Message}", inner: e);
        }
    }

    private CommandException NothingToServe(string reason) => new(
        HostCodes.ConfigFolder,
        $"the folder {_options.Config} {reason}, and the journal has nothing to serve instead",
        "make the folder, or name another with --config");

    private static string Reason(FileSourceStart start) =>
        start == FileSourceStart.Missing ? "does not exist" : "is empty but was not when it was last read";

    [LoggerMessage(
        1, LogLevel.Error, "{Code}: the folder {Folder} {Reason}; serving what the journal has until it is back")]
    private static partial void FromJournal(ILogger logger, string code, string folder, string reason);

    [LoggerMessage(2, LogLevel.Information, "first complete configuration; since the process began: {Steps}")]
    private static partial void Complete(ILogger logger, string steps);
}
