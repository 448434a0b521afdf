namespace Stagedoor.Translation.Envoy;

/// <summary>
/// The deprecated <c>destinationSpec.grpc</c>: stock Envoy transcodes with <c>grpcJsonTranscoder</c> instead, and what
/// that Upstream brings stands for it (envoy-translation 9.11).
/// </summary>
internal sealed class GrpcFunctions : HttpFeature
{
    public override void OnDestination(DestinationScope destination)
    {
        if (destination.Input.DestinationSpec?.Grpc is null) return;
        if (destination.Upstream.Upstream is not { } upstream) return;
        if (GrpcJsonTranscoding.Of(upstream) is null)
            destination.Route.Error(
                "destinationSpec.grpc is not supported yet: use serviceSpec.grpcJsonTranscoder of the Upstream",
                EnvoyCodes.UnsupportedProtection);
    }
}
