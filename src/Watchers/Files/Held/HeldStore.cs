using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Stagedoor.Api;

namespace Stagedoor.Watchers;

/// <summary>
/// The last good text and the age of every object, kept over a restart: one file of JSON lines to which changes are
/// appended, rewritten (aside, then renamed) when half of it is outdated. Written by a task of its own, in order; a
/// failed write costs what it would have kept, nothing else.
/// </summary>
internal sealed partial class HeldStore : IAsyncDisposable
{
    private const long SmallFile = 4 << 20;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _path;
    private readonly IHeldProtector? _protector;
    private readonly ILogger _logger;
    private readonly Channel<Work> _work = Channel.CreateUnbounded<Work>(new() { SingleReader = true });
    private readonly Task _writer;
    private long _size;
    private long _limit = SmallFile;

    private HeldStore(string path, IHeldProtector? protector, ILogger logger)
    {
        _path = path;
        _protector = protector;
        _logger = logger;
        _writer = Task.Run(WriteAllAsync);
    }

    /// <summary>Whether so much is outdated that the file should be rewritten.</summary>
    public bool IsBloated => Volatile.Read(ref _size) > Volatile.Read(ref _limit);

    /// <summary>Opens the store of a data folder; null where there is none.</summary>
    public static HeldStore? Open(FileSourceOptions options, ILogger logger)
    {
        if (options.DataDirectory is null) return null;
        var folder = Path.Combine(options.DataDirectory, "held");
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogFailed(logger, folder, error.Message);
            return null;
        }

        return new HeldStore(Path.Combine(folder, "documents.jsonl"), options.Protector, logger);
    }

    /// <summary>Reads what is kept; damaged lines (of a crash) are skipped.</summary>
    public List<StoredDocument> Load()
    {
        var lines = new Dictionary<(string, ResourceKey), HeldLine>();
        try
        {
            if (!File.Exists(_path)) return [];
            foreach (var text in File.ReadLines(_path))
            {
                if (HeldLine.Parse(System.Text.Encoding.UTF8.GetBytes(text)) is not { } line) continue;
                if (line.Hash is null) lines.Remove((line.File, line.Key));
                else lines[(line.File, line.Key)] = line;
            }

            Volatile.Write(ref _size, new FileInfo(_path).Length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogFailed(_logger, _path, error.Message);
        }

        return [.. lines.Values.Select(line => line.ToStored(_protector)).OfType<StoredDocument>()];
    }

    /// <summary>Appends what a step changed; returns at once.</summary>
    public void Append(StateChange change)
    {
        if (change.Stored.Length + change.Forgotten.Length > 0)
            _work.Writer.TryWrite(new Work(change.Stored, change.Forgotten, false));
    }

    /// <summary>Writes the file anew with these claims; returns at once.</summary>
    public void Rewrite(IReadOnlyList<(StoredRecord Record, Resource Resource)> claims)
    {
        // Until the writer has measured the new file, it is not bloated.
        Volatile.Write(ref _limit, long.MaxValue);
        _work.Writer.TryWrite(new Work(claims, [], true));
    }

    /// <summary>Ends when everything is written.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _writer.ConfigureAwait(false);
    }

    private async Task WriteAllAsync()
    {
        await foreach (var work in _work.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                Write(work);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                LogFailed(_logger, _path, error.Message);
            }
        }
    }

    private void Write(Work work)
    {
        var path = work.Rewrites ? _path + ".new" : _path;
        using (var file = new FileStream(path, Options(work.Rewrites ? FileMode.Create : FileMode.Append)))
        {
            foreach (var (name, key) in work.Forgotten) Write(file, HeldLine.Forget(name, key));
            foreach (var (record, resource) in work.Stored) Write(file, HeldLine.Keep(record, resource, _protector));
            file.Flush(flushToDisk: work.Rewrites);
            Volatile.Write(ref _size, file.Length);
        }

        if (!work.Rewrites) return;
        File.Move(path, _path, overwrite: true);
        Volatile.Write(ref _limit, Math.Max(SmallFile, 2 * _size));
    }

    private static void Write(FileStream file, HeldLine line)
    {
        JsonSerializer.Serialize(file, line, LineOptions);
        file.WriteByte((byte)'\n');
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 64 << 10,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return options;
    }

    private static readonly JsonSerializerOptions LineOptions = new()
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store of last good texts {Path} failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, string path, string reason);

    private sealed record Work(
        IReadOnlyList<(StoredRecord Record, Resource Resource)> Stored,
        IReadOnlyList<(string File, ResourceKey Key)> Forgotten,
        bool Rewrites);
}
