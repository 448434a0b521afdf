using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Stagedoor.Xds.Sessions;
using Stagedoor.Xds.Wire;

namespace Stagedoor.Xds.Server.Streams;

/// <summary>
/// Writes responses as gRPC messages from the shared encoded resources straight into Kestrel's pipe, in slices with
/// back-pressure between them. A message serializer cannot do that: it has to put the whole message into the pipe
/// before anybody waits for the client, which costs its size in memory per connection (performance.md 4.2).
/// </summary>
internal sealed class ResponseWriter(PipeWriter output)
{
    /// <summary>Bytes that are put into the pipe before waiting for the client.</summary>
    public const int SliceBytes = 64 * 1024;

    private int _unflushed;

    /// <summary>Called before each wait for the client, and after it with false.</summary>
    public Action<bool> Waiting { get; init; } = _ => { };

    /// <summary>Writes one message; its size in bytes, or null if the client is gone.</summary>
    public async ValueTask<int?> WriteAsync(XdsResponse response)
    {
        var size = ResponseEncoding.Size(response);
        WriteFrame(size);
        ResponseEncoding.WriteHead(output, response);
        for (var at = 0; at < response.Resources.Count; at++)
        {
            var resource = response.Resources[at];
            ResponseEncoding.WriteResourcePrefix(output, resource, response.IsDelta, response.WithTtl);
            _unflushed += 128;
            for (var rest = resource.Resource.Bytes; !rest.IsEmpty;)
            {
                var slice = rest[..Math.Min(rest.Length, Math.Max(1, SliceBytes - _unflushed))];
                output.Write(slice.Span);
                _unflushed += slice.Length;
                rest = rest[slice.Length..];
                if (_unflushed >= SliceBytes && !await FlushAsync().ConfigureAwait(false)) return null;
            }
        }

        return await FlushAsync().ConfigureAwait(false) ? size : null;
    }

    private void WriteFrame(int size)
    {
        var frame = output.GetSpan(5);
        frame[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], size);
        output.Advance(5);
    }

    private async ValueTask<bool> FlushAsync()
    {
        _unflushed = 0;
        var flush = output.FlushAsync();
        if (flush.IsCompletedSuccessfully) return IsOpen(flush.Result);
        Waiting(true);
        try
        {
            return IsOpen(await flush.ConfigureAwait(false));
        }
        finally
        {
            Waiting(false);
        }
    }

    private static bool IsOpen(FlushResult result) => result is { IsCompleted: false, IsCanceled: false };
}
