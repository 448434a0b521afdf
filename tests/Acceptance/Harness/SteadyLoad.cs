using System.Collections.Immutable;
using System.Diagnostics;

namespace Stagedoor.Acceptance.Harness;

/// <summary>One request of a load: when it started and ended, and its answer or failure.</summary>
internal sealed record LoadedRequest(TimeSpan Started, TimeSpan Ended, HttpAnswer? Answer, string? Failure);

/// <summary>Requests at a steady rate, whatever the answers do.</summary>
internal sealed class SteadyLoad
{
    /// <summary>Requests a second.</summary>
    public const int Rate = 200;

    private const int MaxRequests = Rate * 120;
    private readonly HttpProbe _http;
    private readonly string _path;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Task<ImmutableArray<LoadedRequest>> _requests;
    private volatile bool _stopped;

    private SteadyLoad(HttpProbe http, string path)
    {
        (_http, _path) = (http, path);
        _requests = Task.Run(RunAsync);
    }

    /// <summary>Time since the load began, on the clock of the requests.</summary>
    public TimeSpan Now => _clock.Elapsed;

    /// <summary>Begins to send.</summary>
    public static SteadyLoad Start(HttpProbe http, string path) => new(http, path);

    /// <summary>Ends, and gives all requests in the order of their start.</summary>
    public Task<ImmutableArray<LoadedRequest>> StopAsync()
    {
        _stopped = true;
        return _requests;
    }

    private async Task<ImmutableArray<LoadedRequest>> RunAsync()
    {
        var running = new List<Task<LoadedRequest>>();
        while (!_stopped && running.Count < MaxRequests)
        {
            var due = TimeSpan.FromSeconds((double)running.Count / Rate);
            if (due > Now)
                await Task.Delay(due - Now);
            running.Add(SendAsync());
        }

        return [.. await Task.WhenAll(running)];
    }

    private async Task<LoadedRequest> SendAsync()
    {
        var started = Now;
        try
        {
            var answer = await _http.GetAsync(_path);
            return new LoadedRequest(started, Now, answer, answer.Status == 200 ? null : $"status {answer.Status}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return new LoadedRequest(started, Now, null, e.ToString());
        }
    }
}
