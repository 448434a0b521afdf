using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Stagedoor.Filters.Live.Tests;

/// <summary>An answer that came through Envoy.</summary>
internal sealed record LiveAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    /// <summary>The body as text.</summary>
    public string Body => Encoding.UTF8.GetString(Bytes);

    /// <summary>A header of the answer; empty if it has none.</summary>
    public string this[string header] => Headers.GetValueOrDefault(header, "");

    /// <summary>The path that the echo received.</summary>
    public string EchoPath => Echo.GetProperty("path").GetString()!;

    /// <summary>The body that the echo received.</summary>
    public string EchoBody => Echo.GetProperty("body").GetString()!;

    /// <summary>What the echo received.</summary>
    public JsonElement Echo => JsonDocument.Parse(Bytes).RootElement;

    /// <summary>A header that the echo received, or null.</summary>
    public string? EchoHeader(string name) =>
        Echo.GetProperty("headers").TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>Sends requests to a listener on loopback; follows no redirects and decompresses nothing.</summary>
internal sealed class LiveClient(int port) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
    })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>The port of the listener.</summary>
    public int Port => port;

    /// <summary>GET.</summary>
    public Task<LiveAnswer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync("GET", path, null, headers);

    /// <summary>POST.</summary>
    public Task<LiveAnswer> PostAsync(string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync("POST", path, body, headers);

    /// <summary>Any request; a header <c>host</c> is the authority.</summary>
    public async Task<LiveAnswer> SendAsync(
        string method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method), string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{path}"));
        if (body is not null)
        {
            request.Content = new StringContent(body);
            request.Content.Headers.ContentType = null;
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _client.SendAsync(request);
        return new LiveAnswer(
            (int)response.StatusCode,
            response.Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsByteArrayAsync());
    }

    public void Dispose() => _client.Dispose();
}
