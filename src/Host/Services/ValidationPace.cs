using Grpc.Core;

namespace Stagedoor.Host.Services;

/// <summary>
/// Lets validations run one at a time, each for a bounded time: each costs as much as a whole translation, and serving
/// comes first.
/// </summary>
internal sealed class ValidationPace : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Runs a validation when it is its turn.</summary>
    /// <exception cref="RpcException">Its turn did not come in time.</exception>
    public async Task<T> RunAsync<T>(Func<T> validation, CancellationToken stop)
    {
        if (!await _turn.WaitAsync(Patience, stop).ConfigureAwait(false))
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, "other validations are still running; try again later"));
        }

        try
        {
            return await Task.Run(validation, stop).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
