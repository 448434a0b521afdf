using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Shouldly;

namespace Stagedoor.Xds.Server.Tests.Support;

/// <summary>Keeps what the server logs.</summary>
internal sealed class TestLog : ILoggerProvider
{
    private const int MaxLines = 20_000;

    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    /// <summary>Everything from warnings up, and what the xDS server says; after many lines only errors.</summary>
    public IReadOnlyList<(LogLevel Level, string Text)> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    /// <summary>Waits for a line with these words.</summary>
    public string WaitFor(string words)
    {
        SpinWait.SpinUntil(() => Find(words) is not null, TimeSpan.FromSeconds(20)).ShouldBeTrue($"no line '{words}'");
        return Find(words)!;
    }

    private string? Find(string words) =>
        _lines.Select(line => line.Text).FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal));

    private sealed class Logger(TestLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) =>
            logLevel >= (category.StartsWith("Stagedoor", StringComparison.Ordinal)
                ? LogLevel.Information : LogLevel.Warning);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && (logLevel >= LogLevel.Error || log._lines.Count < MaxLines))
                log._lines.Enqueue((logLevel, $"{category}: {formatter(state, exception)} {exception}".TrimEnd()));
        }
    }
}
