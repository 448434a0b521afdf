using Envoy.Config.Core.V3;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Stagedoor.Xds.Harness.Serving;

namespace Stagedoor.Xds.Harness.Clients;

/// <summary>
/// A client without opinions: it says what a scenario tells it to say. One stream for all types, or one for each.
/// </summary>
internal abstract class XdsClient : IDisposable
{
    /// <summary>Replies in the order received, over all streams of the client.</summary>
    public List<Reply> Log { get; } = [];

    /// <summary>How many requests to this server carried a nonce.</summary>
    public long Answers { get; set; }

    /// <summary>Where the server is.</summary>
    public CallInvoker Invoker { get; set; } = null!;

    /// <summary>The <c>node.id</c> of the next stream.</summary>
    public string NodeId { get; set; } = "test-id";

    protected Dictionary<XdsType, TypeMemory> Memories { get; } =
        XdsTypes.WireOrder.ToDictionary(type => type, type => new TypeMemory(type));

    /// <summary>Who the client says it is.</summary>
    public Node Node => new()
    {
        Id = NodeId,
        Cluster = "harness",
        UserAgentName = "harness",
        Metadata = new Struct { Fields = { ["role"] = Value.ForString(HarnessServer.Proxy) } },
    };

    public TypeMemory Memory(XdsType type) => Memories[type];

    /// <summary>Asks for names; in state of the world these are all, in delta they are added.</summary>
    public abstract Task AskAsync(XdsType type, IReadOnlyList<string> names);

    /// <summary>Wants names no more.</summary>
    public abstract Task DropAsync(XdsType type, IReadOnlyList<string> names);

    /// <summary>Takes the subscription up on a new stream, with what is held.</summary>
    public abstract Task ResumeAsync(XdsType type);

    /// <summary>Accepts (null) or rejects the reply last seen.</summary>
    public abstract Task AnswerAsync(XdsType type, string? error);

    /// <summary>Sends a request with a nonce and names that the scenario chose.</summary>
    public abstract Task SendRawAsync(string typeUrl, string nonce, string version, IReadOnlyList<string> names);

    /// <summary>Sends a request that names this node.</summary>
    public abstract Task SendNodeAsync(XdsType type, string id);

    public abstract Task<Reply> GetAsync(XdsType type, CancellationToken cancellation);

    /// <summary>Ends all streams from this side; what the server still had to say.</summary>
    public abstract Task<IReadOnlyList<Reply>> FinishAsync(CancellationToken cancellation);

    /// <summary>How the server ended the stream of a type.</summary>
    public abstract Task<RpcException> EndAsync(XdsType type, CancellationToken cancellation);

    /// <summary>Breaks all streams.</summary>
    public abstract void Disconnect();

    public void Dispose() => Disconnect();

    protected void Received(Reply reply)
    {
        lock (Log) Log.Add(reply);
    }
}

/// <summary>What both variants share.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
internal abstract class XdsClient<TRequest, TResponse>(bool isAggregated) : XdsClient
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private readonly Dictionary<XdsType, XdsStream<TRequest, TResponse>> _streams = [];

    protected abstract Method<TRequest, TResponse> Method(XdsType? only);

    protected abstract Reply Read(TResponse response);

    protected abstract void SetNode(TRequest request, Node node);

    protected Task SendAsync(XdsType type, TRequest request) => Stream(type).SendAsync(request, SetNode, Node);

    public override async Task<Reply> GetAsync(XdsType type, CancellationToken cancellation)
    {
        var reply = await Stream(type).GetAsync(type, cancellation);
        var memory = Memory(type);
        memory.Nonces.Add(reply.Nonce);
        memory.Last = reply;
        return reply;
    }

    public override async Task<IReadOnlyList<Reply>> FinishAsync(CancellationToken cancellation)
    {
        var rest = new List<Reply>();
        foreach (var stream in _streams.Values) rest.AddRange(await stream.FinishAsync(cancellation));
        Disconnect();
        return rest;
    }

    public override Task<RpcException> EndAsync(XdsType type, CancellationToken cancellation) =>
        Stream(type).EndAsync(cancellation);

    public override void Disconnect()
    {
        foreach (var stream in _streams.Values) stream.Dispose();
        _streams.Clear();
        foreach (var memory in Memories.Values) memory.Nonces.Clear();
    }

    private XdsStream<TRequest, TResponse> Stream(XdsType type)
    {
        var key = isAggregated ? XdsType.None : type;
        if (_streams.TryGetValue(key, out var stream)) return stream;
        return _streams[key] =
            new XdsStream<TRequest, TResponse>(Invoker, Method(isAggregated ? null : type), Read, Received);
    }
}
