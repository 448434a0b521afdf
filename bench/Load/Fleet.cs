using System.Diagnostics;
using Stagedoor.Bench.Ads;

namespace Stagedoor.Bench.Load;

/// <summary>
/// N clients of one role. A change is marked by bytes that occur in no response before; the fleet tells when each
/// client had them.
/// </summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly List<AdsClient> _clients = [];
    private Mark? _mark;
    private Action<ResponseHeader, byte[]>? _first;

    /// <summary>Bytes received by all clients.</summary>
    public long Bytes => _clients.Sum(client => client.Bytes);

    /// <summary>Responses received by all clients.</summary>
    public long Messages => _clients.Sum(client => client.Messages);

    /// <summary>
    /// Connects the clients, a few at a time, and waits until each has had a response with <paramref name="complete"/>.
    /// The first client's responses also go to <paramref name="first"/>. Returns the time from the first connect to
    /// the last complete client.
    /// </summary>
    public async Task<TimeSpan> ConnectAsync(string target, string role, int count, bool delta, byte[] complete,
        Action<ResponseHeader, byte[]>? first = null, int atOnce = 16)
    {
        _first = first;
        var start = Stopwatch.GetTimestamp();
        var ready = Expect(complete, count);
        using var places = new SemaphoreSlim(atOnce);
        var connects = Enumerable.Range(0, count).Select(async index =>
        {
            await places.WaitAsync();
            try
            {
                var client = await AdsClient.StartAsync(
                    target, role, $"bench-{index}", delta, index == 0 ? OnFirst : OnReceived);
                lock (_clients) _clients.Add(client);
            }
            finally
            {
                places.Release();
            }
        });
        await Task.WhenAll(connects);
        var times = await ready.WaitAsync(TimeSpan.FromMinutes(5));
        return Stopwatch.GetElapsedTime(start, times[^1]);
    }

    /// <summary>
    /// The times, ascending, at which <paramref name="count"/> clients have had a response with these bytes.
    /// </summary>
    public Task<long[]> Expect(byte[] marker, int count)
    {
        var mark = new Mark(marker, count);
        Volatile.Write(ref _mark, mark);
        return mark.Done;
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_clients.Select(client => client.DisposeAsync().AsTask()));

    private void OnFirst(ResponseHeader header, byte[] message, long at)
    {
        OnReceived(header, message, at);
        _first?.Invoke(header, message);
    }

    private void OnReceived(ResponseHeader header, byte[] message, long at) =>
        Volatile.Read(ref _mark)?.Offer(message, at);

    private sealed class Mark(byte[] marker, int count)
    {
        private readonly List<long> _times = new(count);
        private readonly TaskCompletionSource<long[]> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<long[]> Done => _done.Task;

        public void Offer(byte[] message, long at)
        {
            if (message.AsSpan().IndexOf(marker) < 0) return;
            lock (_times)
            {
                if (_times.Count == count) return;
                _times.Add(at);
                if (_times.Count < count) return;
                _times.Sort();
                _done.TrySetResult([.. _times]);
            }
        }
    }
}
