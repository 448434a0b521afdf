using Envoy.Config.Core.V3;
using Envoy.Service.Discovery.V3;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Streams;

/// <summary>Incremental.</summary>
/// <param name="only">The type of the service; null: aggregated.</param>
internal sealed class DeltaVariant(XdsType? only) : StreamVariant<DeltaDiscoveryRequest>
{
    public static readonly DeltaVariant Aggregated = new(null);

    public override string Name => "delta";

    public override XdsType? Only => only;

    public override Node? Node(DeltaDiscoveryRequest request) => request.Node;

    public override bool IsNack(DeltaDiscoveryRequest request) => request.ErrorDetail is not null;

    public override Conversation<DeltaDiscoveryRequest> Begin(StreamServices services, NodeIdentity node)
    {
        var session = new DeltaSession(services.Options.Session, services.Memories.Recall(node, only))
        {
            SupportsTtl = node.SupportsTtl,
        };
        var unknown = new UnknownTypes(services, node);
        return new Conversation<DeltaDiscoveryRequest>(session, Receive);

        SessionClose? Receive(DeltaDiscoveryRequest request, DateTimeOffset now)
        {
            if (TypeUrls.Read(request.TypeUrl, only, out var type) is { } close) return close;
            if (type == XdsType.None)
            {
                unknown.Note(request.TypeUrl);
                return null;
            }

            if (request.ResponseNonce.Length > 0) services.Metrics.Answer(type, request.ErrorDetail is null);
            return session.Receive(
                new DeltaRequest(type)
                {
                    Subscribe = request.ResourceNamesSubscribe,
                    Unsubscribe = request.ResourceNamesUnsubscribe,
                    InitialVersions = request.InitialResourceVersions.AsReadOnly(),
                    Nonce = request.ResponseNonce,
                    Error = request.ErrorDetail?.Message,
                },
                now);
        }
    }
}
