using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Security;

/// <summary>
/// The present TLS material: handshakes take the newest that is usable, open streams are not touched. A broken new file
/// keeps the old material and is reported once (SD4014).
/// </summary>
internal sealed class TlsFiles : BackgroundService
{
    private readonly XdsTlsOptions? _files;
    private readonly XdsMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private TlsFileContents? _seen;
    private string? _reported;
    private volatile TlsMaterial? _current;

    /// <exception cref="TlsFilesException">The files cannot be used at the start.</exception>
    public TlsFiles(
        IOptions<XdsServerOptions> options, XdsMetrics metrics, TimeProvider time, ILoggerFactory loggers)
    {
        (_files, _metrics, _time) = (options.Value.Tls, metrics, time);
        _log = loggers.CreateLogger("Stagedoor.Xds");
        if (_files is null) return;
        _seen = TlsFileContents.Read(_files);
        _current = TlsMaterial.Read(_files, _seen, time.GetUtcNow());
    }

    /// <summary>What the next handshake uses.</summary>
    public TlsMaterial Current => _current ?? throw new InvalidOperationException("TLS is not set up");

    /// <summary>Takes over changed files; false if they cannot be used.</summary>
    internal bool Refresh()
    {
        if (_files is null) return true;
        lock (_gate)
        {
            try
            {
                var contents = TlsFileContents.Read(_files);
                if (_seen is not null && contents.IsSameAs(_seen)) return _reported is null;
                _seen = contents;
                _current = TlsMaterial.Read(_files, contents, _time.GetUtcNow());
                _reported = null;
                _log.TlsReloaded(_files.CertificateFile, Current.Expires);
                return true;
            }
            catch (TlsFilesException e)
            {
                if (_reported != e.Message) Report(e.Message);
                return false;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_files is null) return;
        using var timer = new PeriodicTimer(_files.ReloadInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) Refresh();
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private void Report(string message)
    {
        _reported = message;
        _metrics.TlsFailed();
        _log.TlsBroken(XdsCodes.TlsFiles, message);
    }
}
