using Envoy.Config.Core.V3;
using Envoy.Service.Discovery.V3;
using Grpc.Core;
using Stagedoor.Xds.Harness.Serving;

namespace Stagedoor.Xds.Harness.Clients;

/// <summary>State of the world.</summary>
internal sealed class SotwClient(bool isAggregated)
    : XdsClient<DiscoveryRequest, DiscoveryResponse>(isAggregated)
{
    public override Task AskAsync(XdsType type, IReadOnlyList<string> names)
    {
        var memory = Memory(type);
        memory.Names.Clear();
        memory.Names.AddRange(names);
        return SendAsync(memory, memory.Nonces.Count == 0 ? "" : memory.Version, memory.Nonce, null);
    }

    public override Task DropAsync(XdsType type, IReadOnlyList<string> names) =>
        AskAsync(type, [.. Memory(type).Names.Except(names)]);

    public override Task ResumeAsync(XdsType type) => SendAsync(Memory(type), Memory(type).Version, "", null);

    public override Task AnswerAsync(XdsType type, string? error)
    {
        var memory = Memory(type);
        if (error is null) memory.Accept(memory.Last!);
        return SendAsync(memory, memory.Version, memory.Last!.Nonce, error);
    }

    public override Task SendRawAsync(string typeUrl, string nonce, string version, IReadOnlyList<string> names)
    {
        if (nonce.Length > 0 && XdsTypes.FromTypeUrl(typeUrl) != XdsType.None) Answers++;
        var type = XdsTypes.FromTypeUrl(typeUrl);
        return SendAsync(
            type == XdsType.None ? XdsType.Cluster : type,
            new DiscoveryRequest
            {
                TypeUrl = typeUrl,
                ResponseNonce = nonce,
                VersionInfo = version,
                ResourceNames = { names },
            });
    }

    public override Task SendNodeAsync(XdsType type, string id)
    {
        var node = Node;
        node.Id = id;
        return SendAsync(type, new DiscoveryRequest { TypeUrl = type.TypeUrl(), Node = node });
    }

    protected override Method<DiscoveryRequest, DiscoveryResponse> Method(XdsType? only) =>
        WireMethods.Of<DiscoveryRequest, DiscoveryResponse>(only, isDelta: false);

    protected override void SetNode(DiscoveryRequest request, Node node) => request.Node ??= node;

    protected override Reply Read(DiscoveryResponse response) => ReadResponse(response);

    /// <summary>A response in the words of the harness.</summary>
    internal static Reply ReadResponse(DiscoveryResponse response)
    {
        var type = XdsTypes.FromTypeUrl(response.TypeUrl);
        return new Reply(
            type, response.VersionInfo, response.Nonce,
            [.. response.Resources.Select(any => TestResources.Decode(type, any))
                .Select(pair => new Received(pair.Name, pair.Content, ""))],
            []);
    }

    private Task SendAsync(TypeMemory memory, string version, string nonce, string? error)
    {
        if (nonce.Length > 0) Answers++;
        return SendAsync(memory.Type, new DiscoveryRequest
        {
            TypeUrl = memory.Type.TypeUrl(),
            VersionInfo = version,
            ResponseNonce = nonce,
            ResourceNames = { memory.Names },
            ErrorDetail = error is null ? null : new Google.Rpc.Status { Code = 13, Message = error },
        });
    }
}
