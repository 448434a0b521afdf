using System.Net;
using System.Net.Sockets;
using Stagedoor.Acceptance.Harness;

namespace Stagedoor.Xds.Acceptance.Serving;

/// <summary>
/// The address that an Envoy knows its server by: the connections behind it can be cut and led elsewhere.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<TcpClient> _open = [];
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Where connections are led.</summary>
    public int Target { get; set; }

    public int Port { get; } = Ports.Take();

    /// <summary>Takes connections.</summary>
    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Cuts all connections; new ones are taken if it is open.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            foreach (var client in _open) client.Close();
            _open.Clear();
        }
    }

    /// <summary>Cuts all connections and takes no more.</summary>
    public async Task CloseAsync()
    {
        _listener?.Dispose();
        _listener = null;
        await _accepting;
        Cut();
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _ = RelayAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, Target);
                client.NoDelay = server.NoDelay = true;
                lock (_gate) _open.AddRange([client, server]);
                var up = client.GetStream().CopyToAsync(server.GetStream());
                var down = server.GetStream().CopyToAsync(client.GetStream());
                await Task.WhenAny(up, down);
                client.Close();
                server.Close();
                await Task.WhenAll(up, down);
            }
            catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
            {
                // One of the ends is gone: so is the other.
            }
        }

        lock (_gate) _open.RemoveAll(open => open == client || open == server);
    }
}
