using Envoy.Config.Core.V3;
using Envoy.Service.Discovery.V3;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Streams;

/// <summary>State of the world.</summary>
/// <param name="only">The type of the service; null: aggregated.</param>
internal sealed class SotwVariant(XdsType? only) : StreamVariant<DiscoveryRequest>
{
    public static readonly SotwVariant Aggregated = new(null);

    public override string Name => "sotw";

    public override XdsType? Only => only;

    public override Node? Node(DiscoveryRequest request) => request.Node;

    public override bool IsNack(DiscoveryRequest request) => request.ErrorDetail is not null;

    public override Conversation<DiscoveryRequest> Begin(StreamServices services, NodeIdentity node)
    {
        var session = new SotwSession(services.Options.Session);
        var unknown = new UnknownTypes(services, node);
        return new Conversation<DiscoveryRequest>(session, Receive);

        SessionClose? Receive(DiscoveryRequest request, DateTimeOffset now)
        {
            if (TypeUrls.Read(request.TypeUrl, only, out var type) is { } close) return close;
            if (type == XdsType.None)
            {
                unknown.Note(request.TypeUrl);
                return null;
            }

            if (request.ResponseNonce.Length > 0) services.Metrics.Answer(type, request.ErrorDetail is null);
            return session.Receive(
                new SotwRequest(type)
                {
                    VersionInfo = request.VersionInfo,
                    Names = request.ResourceNames,
                    Nonce = request.ResponseNonce,
                    Error = request.ErrorDetail?.Message,
                },
                now);
        }
    }
}
