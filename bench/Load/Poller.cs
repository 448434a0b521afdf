using System.Diagnostics;
using System.Net;

namespace Stagedoor.Bench.Load;

/// <summary>
/// Asks for the marked route over one kept connection, again and again, until the answer is the expected one.
/// </summary>
internal sealed class Poller : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1 });
    private readonly Uri _uri;

    public Poller(int port) => _uri = new Uri($"http://127.0.0.1:{port}/mark");

    /// <summary>The time at which the answer with this mark was complete.</summary>
    public async Task<long> UntilAsync(string mark)
    {
        var expected = $"mark={mark}.";
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Deadline)
        {
            if (await Ask() == expected) return Stopwatch.GetTimestamp();
            Thread.SpinWait(2_000);
        }

        throw new TimeoutException($"the answer {expected} did not come within {Deadline}");
    }

    public void Dispose() => _client.Dispose();

    private async Task<string?> Ask()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _uri) { Version = HttpVersion.Version11 };
        request.Headers.Host = "marked.example.com";
        try
        {
            using var response = await _client.SendAsync(request);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : null;
        }
        catch (HttpRequestException)
        {
            // The listener is not open yet.
            await Task.Delay(20);
            return null;
        }
    }
}
