using Envoy.Service.Status.V3;
using Grpc.Core;
using Stagedoor.Xds.Server.ClientStatus;
using Stagedoor.Xds.Server.Security;

namespace Stagedoor.Xds.Server.Services;

/// <summary>
/// The client status discovery service (CSDS): which resources the clients of this server were sent, have accepted and
/// have rejected. With client certificates a caller sees the clients of the roles that it may ask for.
/// </summary>
internal sealed class ClientStatusService(StatusCollector collector, AccessControl access)
    : ClientStatusDiscoveryService.ClientStatusDiscoveryServiceBase
{
    /// <inheritdoc/>
    public override Task<ClientStatusResponse> FetchClientStatus(
        ClientStatusRequest request, ServerCallContext context) => AnswerAsync(request, context);

    /// <inheritdoc/>
    public override async Task StreamClientStatus(
        IAsyncStreamReader<ClientStatusRequest> requestStream,
        IServerStreamWriter<ClientStatusResponse> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken).ConfigureAwait(false))
        {
            var response = await AnswerAsync(requestStream.Current, context).ConfigureAwait(false);
            await responseStream.WriteAsync(response, context.CancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ClientStatusResponse> AnswerAsync(ClientStatusRequest request, ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var peer = access.PeerOf(http);
        if (peer.IsNobody)
        {
            throw access.Deny(
                http, peer, request.Node?.Id ?? "", "the names in the client's certificate have no role").ToException();
        }

        var matches = NodeMatching.Of(request.NodeMatchers);
        return await collector.CollectAsync(
            node => peer.May(node.SnapshotKey) && matches(node), context.CancellationToken).ConfigureAwait(false);
    }
}
