using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Stagedoor.Api;

namespace Stagedoor.Watchers;

/// <summary>
/// Watches a folder of documents and keeps the catalog in step with it: one list, then each save as one step of the
/// catalog. A thread of its own waits for the kernel's events, reads the files they name and nothing else.
/// </summary>
public sealed partial class FileSource : IAsyncDisposable
{
    private readonly FileSourceOptions _options;
    private readonly Catalog _catalog;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource<FileSourceStart> _started =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly ManualResetEventSlim _wake = new();
    private readonly FolderTracker _tracker;
    private readonly HeldStore? _store;
    private readonly TreeWatch? _watch;
    private Thread? _thread;
    private volatile bool _stopping;

    /// <param name="options">What to watch, and limits.</param>
    /// <param name="catalog">The catalog to fill.</param>
    /// <param name="time">Clock for the ages of objects without creationTimestamp.</param>
    /// <param name="logger">Log.</param>
    public FileSource(FileSourceOptions options, Catalog catalog, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        _options = options with { Directory = Path.GetFullPath(options.Directory) };
        _catalog = catalog;
        _logger = logger;
        _store = HeldStore.Open(_options, logger);
        _watch = _options.UseEvents && Inotify.TryCreate() is { } inotify
            ? new TreeWatch(inotify, _options.Directory)
            : null;
        _tracker = new FolderTracker(_options, new SourceState(_store?.Load() ?? []), time, _watch);
    }

    /// <summary>Starts watching.</summary>
    /// <returns>
    /// Ends when the first list is in the catalog, or when there is nothing to list; then the folder is waited for, and
    /// the catalog stays unsynced until it is there.
    /// </returns>
    public async Task<FileSourceStart> StartAsync(CancellationToken cancellation)
    {
        if (_thread is not null) throw new InvalidOperationException("The source was started before.");
        _thread = new Thread(Run) { IsBackground = true, Name = "file source" };
        _thread.Start();
        return await _started.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads a folder once, with nothing held and no watch: what offline commands work on. An error of a document is in
    /// the view's diagnostics.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">The folder is missing.</exception>
    public static CatalogView ReadOnce(FileSourceOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var full = options with { Directory = Path.GetFullPath(options.Directory), AllowEmpty = true };
        var tracker = new FolderTracker(full, new SourceState([]), time, null);
        var update = tracker.Start()
            ?? throw new DirectoryNotFoundException($"The folder {options.Directory} does not exist.");
        return CatalogView.Empty.With(update.Change.Upserts, [], update.Diagnostics, isSynced: true);
    }

    /// <summary>Stops watching; ends when what is to be kept is written.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _wake.Set();
        _watch?.Wake();
        // The thread ends within one reading; a reading has no deadline but is local.
        if (_thread is { } thread) await Task.Run(thread.Join).ConfigureAwait(false);
        _started.TrySetCanceled();
        _watch?.Dispose();
        if (_store is not null) await _store.DisposeAsync().ConfigureAwait(false);
        _wake.Dispose();
    }

    private void Run()
    {
        while (!_stopping)
        {
            try
            {
                Turn();
            }
            catch (Exception error)
            {
                // Nothing is lost: the next comparison starts from what was applied.
                LogFailed(error);
                Wait(1000);
            }
        }
    }

    private void Turn()
    {
        var update = _tracker.IsStarted ? _tracker.Turn(Wait(_tracker.MillisecondsToWait())) : Start();
        if (update is not null) Publish(update);
        if (_tracker.IsStarted) _started.TrySetResult(FileSourceStart.Listed);
    }

    private FolderUpdate? Start()
    {
        if (_tracker.Start() is { } update) return update;
        Publish(_tracker.NothingToList());
        _started.TrySetResult(_tracker.IsMissing ? FileSourceStart.Missing : FileSourceStart.Emptied);
        Wait((int)_options.PollInterval.TotalMilliseconds);
        return null;
    }

    /// <summary>Waits for events; the list is empty where there are none.</summary>
    private List<TreeEvent> Wait(int milliseconds)
    {
        if (_watch is not null) return _stopping ? [] : _watch.Wait(milliseconds);
        _wake.Wait(milliseconds);
        return [];
    }

    private void Publish(FolderUpdate update)
    {
        var (change, diagnostics) = (update.Change, update.Diagnostics);
        var before = _catalog.Current;
        var isSynced = _tracker.IsStarted;
        if (change.IsEmpty && before.IsSynced == isSynced && before.Diagnostics.SequenceEqual(diagnostics))
        {
            _store?.Append(change);
            return;
        }

        _catalog.Update(view => new CatalogChange(
            view.With(change.Upserts, change.Removals, diagnostics, isSynced),
            [.. change.Upserts.Select(resource => resource.Key), .. change.Removals]));
        _store?.Append(change);
        if (_store?.IsBloated == true) _store.Rewrite(_tracker.Claims());
        LogNews(before.Diagnostics, diagnostics);
        if (!change.IsEmpty) LogChanged(change.Upserts.Length, change.Removals.Length);
    }

    private void LogNews(ImmutableArray<Diagnostic> before, ImmutableArray<Diagnostic> after)
    {
        const int most = 20;
        var known = before.ToHashSet();
        var news = after.Where(d => d.Severity > Severity.Info && !known.Contains(d)).ToArray();
        foreach (var diagnostic in news.Take(most)) LogDiagnostic(diagnostic.ToString());
        if (news.Length > most) LogMore(news.Length - most);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "objects: {Changed} read anew, {Removed} removed")]
    private partial void LogChanged(int changed, int removed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Diagnostic}")]
    private partial void LogDiagnostic(string diagnostic);

    [LoggerMessage(Level = LogLevel.Warning, Message = "... and {Count} more")]
    private partial void LogMore(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Watching the folder failed, and is tried again")]
    private partial void LogFailed(Exception error);
}
