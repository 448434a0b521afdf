using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Stagedoor.Host.Serving;

/// <summary>
/// A log line for people: time (UTC), level, where, words. What is logged stays on one line, so that nobody can forge
/// another with a name or a message.
/// </summary>
internal sealed class LineFormatter() : ConsoleFormatter(FormatterName)
{
    /// <summary>Name of the formatter.</summary>
    public const string FormatterName = "lines";

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        var words = logEntry.Formatter(logEntry.State, logEntry.Exception);
        if (logEntry.Exception is { } exception) words = $"{words} {exception}";
        textWriter.WriteLine(
            $"{DateTime.UtcNow.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} "
            + $"{Word(logEntry.LogLevel),-7} {logEntry.Category}: {OneLine(words)}");
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => "error",
    };

    private static string OneLine(string words) => words.Any(char.IsControl)
        ? string.Concat(words.Select(c => char.IsControl(c) ? ' ' : c))
        : words;
}
