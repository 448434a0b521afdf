using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Stagedoor.Xds.Server.Streams;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Limits;

/// <summary>
/// Ends streams whose client does not read, does not answer or says nothing, and all streams when the host stops.
/// </summary>
internal sealed class StreamWatch(
    StreamRegistry registry, IOptions<XdsServerOptions> options, TimeProvider time, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Ends what is over its time at this moment.</summary>
    internal void Sweep(DateTimeOffset now)
    {
        foreach (var stream in registry.Streams)
        {
            if (Overdue(stream, now) is { } end) stream.Stop(end, now: stream.BlockedSince is not null);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = lifetime.ApplicationStopping.Register(() => _ = registry.StopAsync(CancellationToken.None));
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) Sweep(time.GetUtcNow());
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private StreamEnd? Overdue(ActiveStream stream, DateTimeOffset now)
    {
        var limits = options.Value;
        if (now - stream.BlockedSince > limits.WriteTimeout)
        {
            return new StreamEnd(
                XdsCodes.SlowClient, StatusCode.DeadlineExceeded,
                $"the client read nothing for {limits.WriteTimeout.TotalSeconds} s");
        }

        if (now - stream.UnansweredSince > limits.AnswerTimeout)
        {
            return new StreamEnd(
                XdsCodes.SilentClient, StatusCode.DeadlineExceeded,
                $"a response got no answer for {limits.AnswerTimeout.TotalSeconds} s");
        }

        if (stream.Node is null && now - stream.Opened > limits.FirstRequestTimeout)
        {
            return new StreamEnd(
                XdsCodes.SilentClient, StatusCode.DeadlineExceeded,
                $"no request came within {limits.FirstRequestTimeout.TotalSeconds} s");
        }

        return null;
    }
}
