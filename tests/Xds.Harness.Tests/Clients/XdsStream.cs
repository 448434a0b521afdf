using System.Threading.Channels;
using Envoy.Config.Core.V3;
using Google.Protobuf;
using Grpc.Core;

namespace Stagedoor.Xds.Harness.Clients;

/// <summary>One stream, with its replies by type.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
internal sealed class XdsStream<TRequest, TResponse> : IDisposable
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private readonly AsyncDuplexStreamingCall<TRequest, TResponse> _call;
    private readonly Dictionary<XdsType, Channel<Reply>> _replies =
        XdsTypes.WireOrder.ToDictionary(type => type, _ => Channel.CreateUnbounded<Reply>());

    private readonly Task<RpcException?> _reading;
    private bool _isOpen;

    public XdsStream(CallInvoker invoker, Method<TRequest, TResponse> method, Func<TResponse, Reply> read,
        Action<Reply> received)
    {
        _call = invoker.AsyncDuplexStreamingCall(method, null, default);
        _reading = Task.Run(() => ReadAsync(read, received));
    }

    /// <summary>Sends a request; the first one carries the node.</summary>
    public Task SendAsync(TRequest request, Action<TRequest, Node> setNode, Node node)
    {
        if (!_isOpen) setNode(request, node);
        _isOpen = true;
        return _call.RequestStream.WriteAsync(request);
    }

    /// <summary>The next reply of a type.</summary>
    public async Task<Reply> GetAsync(XdsType type, CancellationToken cancellation)
    {
        var replies = _replies[type].Reader;
        if (await replies.WaitToReadAsync(cancellation) && replies.TryRead(out var reply)) return reply;
        throw new InvalidOperationException(
            $"the stream ended instead of a reply of {type}", await _reading);
    }

    /// <summary>Says that there are no more requests; what the server still had to say is returned.</summary>
    public async Task<IReadOnlyList<Reply>> FinishAsync(CancellationToken cancellation)
    {
        await _call.RequestStream.CompleteAsync();
        if (await _reading.WaitAsync(cancellation) is { } error) throw error;
        return [.. _replies.Values.SelectMany(channel => channel.Reader.ReadAllAsync(cancellation).ToBlockingEnumerable(
            cancellation))];
    }

    /// <summary>How the server ended the stream.</summary>
    public async Task<RpcException> EndAsync(CancellationToken cancellation) =>
        await _reading.WaitAsync(cancellation) ?? throw new InvalidOperationException("the stream ended well");

    public void Dispose() => _call.Dispose();

    private async Task<RpcException?> ReadAsync(Func<TResponse, Reply> read, Action<Reply> received)
    {
        RpcException? error = null;
        try
        {
            while (await _call.ResponseStream.MoveNext(CancellationToken.None))
            {
                var reply = read(_call.ResponseStream.Current);
                received(reply);
                _replies[reply.Type].Writer.TryWrite(reply);
            }
        }
        catch (RpcException exception)
        {
            error = exception;
        }

        foreach (var channel in _replies.Values) channel.Writer.TryComplete();
        return error;
    }
}
