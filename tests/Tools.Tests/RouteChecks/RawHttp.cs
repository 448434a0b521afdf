using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stagedoor.Tools.Tests.RouteChecks;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body)
{
    internal string[] Values(string name) =>
        [.. Headers.Where(header => header.Key == name).Select(header => header.Value)];
}

/// <summary>An HTTP/1.1 client that sends paths, hosts and headers exactly as they are given.</summary>
internal sealed class RawHttp(IPEndPoint server) : IDisposable
{
    private TcpClient? _client;
    private Stream? _stream;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    public void Dispose() => _client?.Dispose();

    internal async Task<RawAnswer> SendAsync(
        string method, string host, string path, IEnumerable<KeyValuePair<string, string>> headers,
        CancellationToken stop)
    {
        var text = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: {host}\r\n");
        foreach (var (name, value) in headers) text.Append($"{name}: {value}\r\n");
        if (method == "POST") text.Append("content-length: 0\r\n");
        var bytes = Encoding.ASCII.GetBytes(text.Append("\r\n").ToString());
        if (_client is null) await ConnectAsync(stop);
        await _stream!.WriteAsync(bytes, stop);
        var answer = await ReadAsync(stop);
        if (answer.Values("connection").Contains("close"))
        {
            _client!.Dispose();
            _client = null;
        }

        return answer;
    }

    private async Task ConnectAsync(CancellationToken stop)
    {
        _client = new TcpClient { NoDelay = true };
        await _client.ConnectAsync(server, stop);
        _stream = _client.GetStream();
        (_start, _end) = (0, 0);
    }

    private async Task<RawAnswer> ReadAsync(CancellationToken stop)
    {
        var status = await LineAsync(stop);
        var headers = new List<KeyValuePair<string, string>>();
        while (await LineAsync(stop) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(new(line[..colon].ToLowerInvariant(), line[(colon + 1)..].Trim()));
        }

        var code = int.Parse(status.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        var answer = new RawAnswer(code, headers, "");
        if (answer.Values("transfer-encoding").Contains("chunked"))
            return answer with { Body = await ChunksAsync(stop) };
        var length = answer.Values("content-length");
        return length.Length == 0 || code == 204
            ? answer
            : answer with
            {
                Body = await BytesAsync(
                    int.Parse(length[0], System.Globalization.CultureInfo.InvariantCulture), stop),
            };
    }

    private async Task<string> ChunksAsync(CancellationToken stop)
    {
        var body = new StringBuilder();
        while (true)
        {
            var size = Convert.ToInt32(await LineAsync(stop), 16);
            body.Append(await BytesAsync(size, stop));
            await LineAsync(stop);
            if (size == 0) return body.ToString();
        }
    }

    private async Task<string> LineAsync(CancellationToken stop)
    {
        while (true)
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, end);
                _start += end + 2;
                return line;
            }

            await FillAsync(stop);
        }
    }

    private async Task<string> BytesAsync(int count, CancellationToken stop)
    {
        while (_end - _start < count) await FillAsync(stop);
        var text = Encoding.UTF8.GetString(_buffer, _start, count);
        _start += count;
        return text;
    }

    private async Task FillAsync(CancellationToken stop)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await _stream!.ReadAsync(_buffer.AsMemory(_end), stop);
        if (read == 0) throw new IOException("Envoy closed the connection");
        _end += read;
    }
}
