using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Stagedoor.Api;
using Stagedoor.Host.Bootstrap;

namespace Stagedoor.Host.Envoys;

/// <summary>What all supervised Envoys of a server have in common.</summary>
/// <param name="Executable">The Envoy.</param>
/// <param name="DataDirectory">Where their files are.</param>
/// <param name="XdsPort">Port of this server on 127.0.0.1.</param>
/// <param name="Concurrency">Worker threads; null leaves it to Envoy (one for each core).</param>
internal sealed record EnvoyKeeperOptions(string Executable, string DataDirectory, int XdsPort, int? Concurrency);

/// <summary>
/// Keeps one Envoy alive for one Proxy: adopts the one that an earlier server left, else starts one; starts it again,
/// with back-off, when it ends by itself; drains and ends it when told to.
/// </summary>
internal sealed partial class EnvoyKeeper : IDisposable
{
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);
    private readonly EnvoyKeeperOptions _options;
    private readonly ProxyId _proxy;
    private readonly EnvoyFiles _files;
    private readonly EnvoyAdmin _admin;
    private readonly ILogger _logger;
    private EnvoyProcess? _process;
    private LogLevel _lastLevel = LogLevel.Information;

    /// <summary>Prepares the files; starts nothing.</summary>
    public EnvoyKeeper(EnvoyKeeperOptions options, ProxyId proxy, ILoggerFactory loggers)
    {
        _options = options;
        _proxy = proxy;
        _files = new EnvoyFiles(options.DataDirectory, proxy.ToString());
        _admin = new EnvoyAdmin(_files.AdminAddress);
        _logger = loggers.CreateLogger($"envoy.{proxy}");
    }

    /// <summary>Process id; null while none runs.</summary>
    public int? Pid => _process?.Identity.Pid;

    /// <summary>Where its admin listens, once it does.</summary>
    public string? AdminAddress => _process is null ? null : _admin.Address;

    /// <summary>Where it writes.</summary>
    public string Log => _files.Log;

    /// <summary>The node id of the Envoy that is kept for a Proxy.</summary>
    public static string NodeId(ProxyId proxy) => $"{proxy.Name}.{proxy.Namespace}.local";

    /// <summary>
    /// Runs until <paramref name="stop"/>. Then <paramref name="end"/> decides: true drains and ends the Envoy, false
    /// leaves it alone, to be adopted by the next server.
    /// </summary>
    public async Task RunAsync(Func<bool> end, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(end);
        using var following = new CancellationTokenSource();
        var follower = new LogFollower(_files.Log, Repeat, held => HeldBack(_logger, held, _files.Log));
        follower.SkipPresent();
        var follow = follower.RunAsync(following.Token);
        try
        {
            await KeepAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (end()) await EndAsync().ConfigureAwait(false);
        }
        finally
        {
            await following.CancelAsync().ConfigureAwait(false);
            await follow.ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _admin.Dispose();

    private async Task KeepAsync(CancellationToken stop)
    {
        _process = await AdoptAsync().ConfigureAwait(false);
        var backoff = new RestartBackoff();
        while (true)
        {
            var since = Stopwatch.GetTimestamp();
            _process ??= Start();
            if (_process is not null) await _process.WaitForExitAsync(stop).ConfigureAwait(false);
            _process = null;
            backoff = backoff.After(Stopwatch.GetElapsedTime(since));
            Ended(_logger, HostCodes.EnvoyEnded, _proxy, backoff.Delay.TotalSeconds, _files.Log);
            await Task.Delay(backoff.Delay, stop).ConfigureAwait(false);
        }
    }

    private async Task<EnvoyProcess?> AdoptAsync()
    {
        var record = EnvoyRecord.Read(_files.Record);
        var alive = record is null ? null : ProcessIdentity.Of(record.Process.Pid);
        var adoption = Adoption.Decide(record, alive, NodeId(_proxy), _options.XdsPort);
        switch (adoption.Step)
        {
            case AdoptionStep.Adopt:
                Adopted(_logger, _proxy, adoption.Reason);
                return EnvoyProcess.Adopt(alive!);
            case AdoptionStep.Replace:
                Replaced(_logger, HostCodes.EnvoyNotAdopted, _proxy, adoption.Reason);
                _process = EnvoyProcess.Adopt(alive!);
                await EndAsync().ConfigureAwait(false);
                return null;
            default:
                return null;
        }
    }

    private EnvoyProcess? Start()
    {
        var bootstrap = new EnvoyBootstrapOptions(_proxy, NodeId(_proxy), "127.0.0.1", _options.XdsPort)
        {
            AdminPort = 0,
        };
        try
        {
            File.WriteAllText(_files.Bootstrap, EnvoyBootstrap.Yaml(bootstrap));
            File.Delete(_files.AdminAddress);
            var started = EnvoyProcess.Start(_options.Executable, Arguments(), _files.Log);
            new EnvoyRecord(
                _proxy.ToString(), bootstrap.NodeId, started.Identity, _options.XdsPort, _options.Executable)
                .Write(_files.Record);
            Started(_logger, _proxy, started.Identity.Pid, _files.Log);
            return started;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            NotStarted(_logger, HostCodes.EnvoyEnded, _proxy, e.Message);
            return null;
        }
    }

    // Fixed drain time: an Envoy on a laptop must not take ten minutes to let an old listener go. What "misc" warns of
    // are deprecated fields, each use of them at every change: its main thread has better things to do.
    private string[] Arguments()
    {
        string[] fixedOnes =
        [
            "-c", _files.Bootstrap, "--disable-hot-restart", "--admin-address-path", _files.AdminAddress,
            "--drain-time-s", "5", "-l", "warning", "--component-log-level", "misc:error",
        ];
        return _options.Concurrency is { } workers
            ? [.. fixedOnes, "--concurrency", workers.ToString(CultureInfo.InvariantCulture)]
            : fixedOnes;
    }

    private async Task EndAsync()
    {
        if (_process is not { } process) return;
        if (process.IsAlive) await _admin.DrainAsync(DrainPatience).ConfigureAwait(false);
        await process.EndAsync(EndPatience).ConfigureAwait(false);
        File.Delete(_files.Record);
        _process = null;
        Stopped(_logger, _proxy);
    }

    private void Repeat(string text)
    {
        var line = EnvoyLogLine.Parse(text, _lastLevel);
        _lastLevel = line.Level;
        _logger.Log(line.Level, new EventId(1, "Envoy"), line.Text, null, (words, _) => words);
    }

    [LoggerMessage(2, LogLevel.Information, "Envoy for {Proxy} started as process {Pid}; its log is {Log}")]
    private static partial void Started(ILogger logger, ProxyId proxy, int pid, string log);

    [LoggerMessage(3, LogLevel.Information, "Envoy for {Proxy} is kept from before: {Reason}")]
    private static partial void Adopted(ILogger logger, ProxyId proxy, string reason);

    [LoggerMessage(4, LogLevel.Warning, "{Code}: the Envoy of {Proxy} from before is replaced: {Reason}")]
    private static partial void Replaced(ILogger logger, string code, ProxyId proxy, string reason);

    [LoggerMessage(5, LogLevel.Error, "{Code}: Envoy for {Proxy} ended; next start in {Seconds} s; see {Log}")]
    private static partial void Ended(ILogger logger, string code, ProxyId proxy, double seconds, string log);

    [LoggerMessage(6, LogLevel.Error, "{Code}: Envoy for {Proxy} cannot be started: {Message}")]
    private static partial void NotStarted(ILogger logger, string code, ProxyId proxy, string message);

    [LoggerMessage(7, LogLevel.Information, "Envoy for {Proxy} drained and ended")]
    private static partial void Stopped(ILogger logger, ProxyId proxy);

    [LoggerMessage(8, LogLevel.Warning, "{Count} more lines are only in {Log}")]
    private static partial void HeldBack(ILogger logger, long count, string log);
}
