using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Limits;

/// <summary>
/// Limits the calls beside xDS itself (status, health, reflection), which no session looks after: how many there may
/// be, and that they end when the host stops.
/// </summary>
internal sealed class AuxiliaryCalls(
    IOptions<XdsServerOptions> options, XdsMetrics metrics, IHostApplicationLifetime lifetime) : Interceptor
{
    private int _open;

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        CountedAsync(() => continuation(request, context));

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        CountedAsync(() => DoneAsync(continuation(request, responseStream, context)));

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        CountedAsync(async () =>
        {
            await using var stop = lifetime.ApplicationStopping.Register(context.GetHttpContext().Abort)
                .ConfigureAwait(false);
            return await DoneAsync(continuation(requestStream, responseStream, context)).ConfigureAwait(false);
        });

    private static async Task<bool> DoneAsync(Task call)
    {
        await call.ConfigureAwait(false);
        return true;
    }

    private async Task<T> CountedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            if (Interlocked.Increment(ref _open) <= options.Value.MaxAuxiliaryCalls)
                return await call().ConfigureAwait(false);
            metrics.Closed(XdsCodes.TooManyStreams);
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted,
                $"{XdsCodes.TooManyStreams}: {options.Value.MaxAuxiliaryCalls} calls for status, health and reflection "
                + "are open; no more are allowed"));
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
