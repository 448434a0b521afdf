using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>
/// Stands for AWS on loopback: keeps what functions are called with, and answers as they would. One request for each
/// connection, whatever host it names.
/// </summary>
internal sealed class FakeLambda : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FakeLambda()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Path, headers and payload of each call.</summary>
    public ConcurrentQueue<(string Path, Dictionary<string, string> Headers, string Payload)> Calls { get; } = new();

    /// <summary>The payload of the next answers.</summary>
    public string Answer { get; set; } = "";

    /// <summary>A port of loopback that nothing listens on.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient connection)
    {
        using var client = connection;
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        if (await reader.ReadLineAsync() is not { } start) return;
        var path = start.Split(' ')[1];
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] =
                line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        var length = int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture);
        var payload = new char[length];
        if (length > 0) await reader.ReadBlockAsync(payload);
        Calls.Enqueue((path, headers, new string(payload)));
        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n"
            + $"content-length: {Answer.Length}\r\n\r\n{Answer}"));
    }
}
