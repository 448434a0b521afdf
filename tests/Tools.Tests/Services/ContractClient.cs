using System.Net;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Stagedoor.Tools.Tests.Services;

/// <summary>A gRPC client that knows nothing but the contract's names and numbers.</summary>
internal sealed class ContractClient : IDisposable
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(bytes => bytes, bytes => bytes);
    private readonly GrpcChannel _channel;

    internal ContractClient(IPEndPoint server) => _channel = GrpcChannel.ForAddress(
        $"http://{server}",
        new GrpcChannelOptions { MaxReceiveMessageSize = 100 << 20, MaxSendMessageSize = null });

    public void Dispose() => _channel.Dispose();

    internal async Task<JsonObject> CallAsync(string service, string method, JsonObject request)
    {
        var (asked, answered) = Contract.Instance.Method(service, method);
        using var call = _channel.CreateCallInvoker().AsyncUnaryCall(
            new Method<byte[], byte[]>(MethodType.Unary, service, method, Raw, Raw), null, Options(),
            ContractCodec.Encode(asked, request));
        return ContractCodec.Decode(answered, await call);
    }

    internal AsyncServerStreamingCall<byte[]> Stream(string service, string method) =>
        _channel.CreateCallInvoker().AsyncServerStreamingCall(
            new Method<byte[], byte[]>(MethodType.ServerStreaming, service, method, Raw, Raw), null, Options(), []);

    private static CallOptions Options() => new(deadline: DateTime.UtcNow.AddSeconds(120));
}
