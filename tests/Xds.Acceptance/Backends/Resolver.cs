using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stagedoor.Xds.Acceptance.Backends;

/// <summary>A name server that knows 127.0.0.1 only, and answers when it is told to: at once, late or never.</summary>
internal sealed class Resolver : IAsyncDisposable
{
    private const int TypeA = 1;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ConcurrentDictionary<string, TimeSpan> _delays = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, int> _queries = new(StringComparer.OrdinalIgnoreCase);
    private readonly Task _answering;

    public Resolver()
    {
        Port = ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;
        _answering = AnswerAsync();
    }

    public int Port { get; }

    /// <summary>Answers for this name come so late; <see cref="Timeout.InfiniteTimeSpan"/>: never.</summary>
    public void Delay(string name, TimeSpan delay) => _delays[name] = delay;

    /// <summary>How often this name was asked for.</summary>
    public int Queries(string name) => _queries.GetValueOrDefault(name);

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _answering;
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var query = await _socket.ReceiveAsync();
                _ = AnswerAsync(query);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task AnswerAsync(UdpReceiveResult query)
    {
        var (name, type, end) = Read(query.Buffer);
        _queries.AddOrUpdate(name, 1, (_, count) => count + 1);
        var delay = _delays.GetValueOrDefault(name);
        if (delay == Timeout.InfiniteTimeSpan) return;
        await Task.Delay(delay);
        try
        {
            await _socket.SendAsync(Answer(query.Buffer.AsSpan(0, end), type == TypeA), query.RemoteEndPoint);
        }
        catch (ObjectDisposedException)
        {
            // Too late.
        }
    }

    // The question of a query: labels, type, class.
    private static (string Name, int Type, int End) Read(byte[] query)
    {
        var labels = new List<string>();
        var at = 12;
        for (; query[at] != 0; at += query[at] + 1)
            labels.Add(Encoding.ASCII.GetString(query, at + 1, query[at]));
        return (string.Join('.', labels), BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(at + 1)), at + 5);
    }

    private static byte[] Answer(ReadOnlySpan<byte> question, bool hasAddress)
    {
        byte[] record = hasAddress ? [0xc0, 12, 0, TypeA, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1] : [];
        byte[] answer = [.. question, .. record];
        // A response without an error to one question; no other sections.
        new byte[] { 0x81, 0x80, 0, 1, 0, (byte)(hasAddress ? 1 : 0), 0, 0, 0, 0 }.CopyTo(answer, 2);
        return answer;
    }
}
