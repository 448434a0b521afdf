using System.Text;

namespace Stagedoor.Host.Envoys;

/// <summary>
/// Repeats what is appended to a log file, line by line, with bounds: so many lines a second, so many bytes a step; a
/// file that has grown past its limit is moved aside and cut.
/// </summary>
/// <param name="file">The file; it need not exist yet.</param>
/// <param name="line">Gets each line.</param>
/// <param name="held">Gets the number of lines that were held back.</param>
internal sealed class LogFollower(string file, Action<string> line, Action<long> held)
{
    /// <summary>A file is cut at this size.</summary>
    public const long MaxFile = 16 * 1024 * 1024;

    /// <summary>Lines a second that are repeated.</summary>
    public const int MaxLines = 10;

    private const int MaxStep = 256 * 1024;
    private const int MaxLine = 16 * 1024;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private readonly LogBound _bound = new(MaxLines);
    private readonly StringBuilder _rest = new();
    private long _position;

    /// <summary>Starts behind what the file already holds.</summary>
    public void SkipPresent() => _position = File.Exists(file) ? new FileInfo(file).Length : 0;

    /// <summary>Follows until stopped, then repeats what is still there.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Step();
            await Task.Delay(Poll, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Step();
    }

    /// <summary>Repeats what was appended since the last step.</summary>
    internal void Step()
    {
        try
        {
            if (!File.Exists(file)) return;
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (stream.Length < _position) _position = 0;
            // A flood is told by its end; the file has it all.
            if (stream.Length - _position > MaxStep) _position = stream.Length - MaxStep;
            stream.Position = _position;
            var buffer = new byte[MaxStep];
            var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            _position += read;
            Take(Encoding.UTF8.GetString(buffer, 0, read));
            if (stream.Length > MaxFile) Cut(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next step tries again; Envoy's life does not depend on its log.
        }
    }

    private void Take(string text)
    {
        var second = Environment.TickCount64 / 1000;
        var start = 0;
        for (var end = text.IndexOf('\n', start); end >= 0; end = text.IndexOf('\n', start))
        {
            _rest.Append(text, start, end - start);
            start = end + 1;
            if (_bound.Passes(second, out var before)) line(_rest.ToString());
            if (before > 0) held(before);
            _rest.Clear();
        }

        _rest.Append(text, start, Math.Min(text.Length - start, Math.Max(0, MaxLine - _rest.Length)));
    }

    private void Cut(FileStream stream)
    {
        File.Copy(file, file + ".1", overwrite: true);
        stream.SetLength(0);
        _position = 0;
    }
}
