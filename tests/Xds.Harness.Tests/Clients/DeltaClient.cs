using Envoy.Config.Core.V3;
using Envoy.Service.Discovery.V3;
using Grpc.Core;
using Stagedoor.Xds.Harness.Serving;

namespace Stagedoor.Xds.Harness.Clients;

/// <summary>Delta.</summary>
internal sealed class DeltaClient(bool isAggregated)
    : XdsClient<DeltaDiscoveryRequest, DeltaDiscoveryResponse>(isAggregated)
{
    public override Task AskAsync(XdsType type, IReadOnlyList<string> names)
    {
        var memory = Memory(type);
        memory.Names.AddRange(names.Except(memory.Names));
        return SendAsync(type, new DeltaDiscoveryRequest
        {
            TypeUrl = type.TypeUrl(),
            ResourceNamesSubscribe = { names },
        });
    }

    // With the last nonce once more, which changes nothing, and by which the harness knows when it was taken.
    public override Task DropAsync(XdsType type, IReadOnlyList<string> names)
    {
        var memory = Memory(type);
        memory.Names.RemoveAll(names.Contains);
        foreach (var name in names) memory.Held.Remove(name);
        return SendAsync(memory, memory.Nonce, request => request.ResourceNamesUnsubscribe.Add(names));
    }

    public override Task ResumeAsync(XdsType type)
    {
        var memory = Memory(type);
        return SendAsync(memory, "", request =>
        {
            request.ResourceNamesSubscribe.Add(memory.Names);
            foreach (var (name, version) in memory.Held) request.InitialResourceVersions.Add(name, version);
        });
    }

    public override Task AnswerAsync(XdsType type, string? error)
    {
        var memory = Memory(type);
        if (error is null) memory.Accept(memory.Last!);
        return SendAsync(memory, memory.Last!.Nonce, request =>
        {
            if (error is not null) request.ErrorDetail = new Google.Rpc.Status { Code = 13, Message = error };
        });
    }

    public override Task SendRawAsync(string typeUrl, string nonce, string version, IReadOnlyList<string> names)
    {
        var type = XdsTypes.FromTypeUrl(typeUrl);
        if (nonce.Length > 0 && type != XdsType.None) Answers++;
        return SendAsync(
            type == XdsType.None ? XdsType.Cluster : type,
            new DeltaDiscoveryRequest
            {
                TypeUrl = typeUrl,
                ResponseNonce = nonce,
                ResourceNamesSubscribe = { names },
            });
    }

    public override Task SendNodeAsync(XdsType type, string id)
    {
        var node = Node;
        node.Id = id;
        return SendAsync(type, new DeltaDiscoveryRequest { TypeUrl = type.TypeUrl(), Node = node });
    }

    protected override Method<DeltaDiscoveryRequest, DeltaDiscoveryResponse> Method(XdsType? only) =>
        WireMethods.Of<DeltaDiscoveryRequest, DeltaDiscoveryResponse>(only, isDelta: true);

    protected override void SetNode(DeltaDiscoveryRequest request, Node node) => request.Node ??= node;

    protected override Reply Read(DeltaDiscoveryResponse response)
    {
        var type = XdsTypes.FromTypeUrl(response.TypeUrl);
        return new Reply(
            type, response.SystemVersionInfo, response.Nonce,
            [.. response.Resources.Select(resource => Read(type, resource))], [.. response.RemovedResources]);
    }

    private static Received Read(XdsType type, Resource resource)
    {
        var (name, content) = TestResources.Decode(type, resource.Resource_);
        return name == resource.Name
            ? new Received(name, content, resource.Version)
            : throw new InvalidDataException($"'{name}' comes as '{resource.Name}'");
    }

    private Task SendAsync(TypeMemory memory, string nonce, Action<DeltaDiscoveryRequest> fill)
    {
        var request = new DeltaDiscoveryRequest { TypeUrl = memory.Type.TypeUrl(), ResponseNonce = nonce };
        fill(request);
        if (nonce.Length > 0) Answers++;
        return SendAsync(memory.Type, request);
    }
}
