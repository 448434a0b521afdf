using Envoy.Service.Status.V3;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Stagedoor.Xds.Server.Limits;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.ClientStatus;

/// <summary>
/// Asks the streams of this server where their clients stand. One request at a time, so that asking cannot hold up
/// serving.
/// </summary>
internal sealed class StatusCollector(StreamRegistry registry, IOptions<XdsServerOptions> options, TimeProvider time)
    : IDisposable
{
    private const int AtOnce = 32;

    // A client that does not read holds up its own stream's loop: then only its name is told.
    private static readonly TimeSpan StreamPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Every client that is wanted, once, with the resources of all its streams.</summary>
    /// <exception cref="RpcException">It would be too much, or too many ask.</exception>
    public async Task<ClientStatusResponse> CollectAsync(
        Func<NodeIdentity, bool> wanted, CancellationToken cancellation)
    {
        if (!await _turn.WaitAsync(TurnPatience, cancellation).ConfigureAwait(false))
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "too many status requests"));
        try
        {
            var clients = new Dictionary<NodeIdentity, ClientConfig>();
            var rest = options.Value.MaxStatusEntries;
            var streams = registry.Streams.Where(stream => stream.Node is { } node && wanted(node))
                .OrderBy(stream => stream.Id).ToArray();
            foreach (var some in streams.Chunk(AtOnce))
            {
                var answers = Array.ConvertAll(some, stream => stream.Questions.AskAsync(rest));
                await ((Task)Task.WhenAll(answers)).WaitAsync(StreamPatience, time, cancellation)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellation.ThrowIfCancellationRequested();
                foreach (var (stream, answer) in some.Zip(answers))
                {
                    if (!clients.TryGetValue(stream.Node!, out var client))
                        clients[stream.Node!] = client = ClientConfigs.Of(stream.Node!);
                    if (!answer.IsCompletedSuccessfully) continue;
                    rest -= (await answer.ConfigureAwait(false)).Count;
                    if (rest < 0) throw TooMuch();
                    client.GenericXdsConfigs.AddRange((await answer.ConfigureAwait(false)).Select(ClientConfigs.Of));
                }
            }

            return new ClientStatusResponse { Config = { clients.Values } };
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private RpcException TooMuch() => new(new Status(
        StatusCode.ResourceExhausted,
        $"{XdsCodes.TooMuchStatus}: more than {options.Value.MaxStatusEntries} resources; name fewer nodes in "
        + "node_matchers"));
}
