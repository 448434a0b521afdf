using System.Collections.Concurrent;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Xds.Acceptance;

/// <summary>
/// The gateways of all tests: one per version and variant, lent to one case at a time, since starting an Envoy costs
/// more than most cases.
/// </summary>
public sealed class Gateways : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Version, string Variant), Slot> _slots = new();

    /// <summary>Both versions of Envoy with both variants of ADS.</summary>
    public static TheoryData<string, string> All { get; } = new()
    {
        { "1.40.0", Variants.Delta }, { "1.36.4", Variants.Sotw },
        { "1.36.4", Variants.Delta }, { "1.40.0", Variants.Sotw },
    };

    /// <summary>
    /// Plays one case under load: 200 requests a second through the listener, each of which must be answered with 200.
    /// No update may be rejected but those that the case plans.
    /// </summary>
    internal async Task PlayAsync(string version, string variant, Func<Case, Task> play)
    {
        var slot = _slots.GetOrAdd((version, variant), _ => new Slot());
        await slot.Gate.WaitAsync();
        try
        {
            slot.Gateway ??= await Gateway.StartAsync(version, variant);
            await PlayAsync(slot.Gateway, play);
        }
        catch
        {
            // What state it is in nobody knows.
            if (slot.Gateway is not null) await slot.Gateway.DisposeAsync();
            slot.Gateway = null;
            throw;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var slot in _slots.Values)
        {
            if (slot.Gateway is not null) await slot.Gateway.DisposeAsync();
            slot.Gate.Dispose();
        }
    }

    private static async Task PlayAsync(Gateway gateway, Func<Case, Task> play)
    {
        Variants.Use(gateway.Variant);
        gateway.World.Reset(gateway.BaseResources());
        await gateway.SettledAsync();
        // The base and the two of the server: what earlier cases had is gone.
        await Wait.UntilAsync("three clusters", async () =>
            (await gateway.Envoy.StatsAsync("^cluster_manager.active_clusters$")).Values.Sum() == 3);
        await using var played = await Case.BeginAsync(gateway);
        try
        {
            await play(played);
            await played.EndAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{exception.Message}\n{gateway.Log()}", exception);
        }
    }

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public Gateway? Gateway { get; set; }
    }
}
