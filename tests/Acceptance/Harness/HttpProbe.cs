using System.Globalization;
using System.Text.Json;

namespace Stagedoor.Acceptance.Harness;

/// <summary>An answer that came through Envoy.</summary>
internal sealed record HttpAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>What the echo backend says that it received.</summary>
    public JsonElement Echo => JsonDocument.Parse(Body).RootElement;

    /// <summary>The path that the echo backend received.</summary>
    public string EchoPath => Echo.GetProperty("path").GetString()!;

    /// <summary>The name of the echo backend.</summary>
    public string EchoServer => Echo.GetProperty("server").GetString()!;

    /// <summary>A header that the echo backend received, or null.</summary>
    public string? EchoHeader(string name) =>
        Echo.GetProperty("headers").TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>Sends requests to a listener on loopback; follows no redirects.</summary>
internal sealed class HttpProbe : IAsyncDisposable
{
    private readonly HttpClient _client;

    public HttpProbe(int port) => _client = new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(2),
    })
    {
        BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
        Timeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>GET.</summary>
    public Task<HttpAnswer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, headers);

    /// <summary>Any request without a body.</summary>
    public async Task<HttpAnswer> SendAsync(
        HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _client.SendAsync(request);
        return new HttpAnswer(
            (int)response.StatusCode,
            response.Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync());
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
