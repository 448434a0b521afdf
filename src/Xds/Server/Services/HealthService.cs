using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Stagedoor.Xds.Server.Services;

/// <summary>
/// gRPC health: <c>SERVING</c> until the host stops, for the server (empty name) and for each of its services.
/// </summary>
internal sealed class HealthService(IHostApplicationLifetime lifetime) : Health.HealthBase
{
    /// <inheritdoc/>
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        XdsServices.Names.Contains(request.Service) || request.Service.Length == 0
            ? Task.FromResult(new HealthCheckResponse { Status = Now })
            : throw new RpcException(new Status(StatusCode.NotFound, "unknown service"));

    /// <inheritdoc/>
    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var isKnown = XdsServices.Names.Contains(request.Service) || request.Service.Length == 0;
        var first = isKnown ? Now : ServingStatus.ServiceUnknown;
        await responseStream.WriteAsync(new HealthCheckResponse { Status = first }, context.CancellationToken)
            .ConfigureAwait(false);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, lifetime.ApplicationStopping);
        await Task.Delay(Timeout.Infinite, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!isKnown || context.CancellationToken.IsCancellationRequested) return;
        await responseStream.WriteAsync(
            new HealthCheckResponse { Status = ServingStatus.NotServing }, context.CancellationToken)
            .ConfigureAwait(false);
    }

    private ServingStatus Now =>
        lifetime.ApplicationStopping.IsCancellationRequested ? ServingStatus.NotServing : ServingStatus.Serving;
}
