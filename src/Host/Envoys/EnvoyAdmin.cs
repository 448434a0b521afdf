using System.Globalization;

namespace Stagedoor.Host.Envoys;

/// <summary>
/// The few things that are asked of a supervised Envoy's admin. Nothing here fails: an Envoy may be gone.
/// </summary>
/// <param name="addressFile">Where Envoy writes the address (<c>--admin-address-path</c>).</param>
internal sealed class EnvoyAdmin(string addressFile) : IDisposable
{
    private const string ActiveConnections = @"^listener\..*downstream_cx_active$";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>Where the admin listens; null before Envoy has said so.</summary>
    public string? Address
    {
        get
        {
            try
            {
                return File.ReadAllText(addressFile).Trim() is { Length: > 0 } address ? address : null;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>
    /// Tells clients to go elsewhere and waits until no connection is left, at most <paramref name="patience"/>.
    /// </summary>
    public async Task DrainAsync(TimeSpan patience)
    {
        if (Address is not { } address) return;
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            using var answer = await _client
                .PostAsync(new Uri($"http://{address}/drain_listeners?graceful"), null, deadline.Token)
                .ConfigureAwait(false);
            var stats = new Uri($"http://{address}/stats?filter={Uri.EscapeDataString(ActiveConnections)}");
            while (Connections(await _client.GetStringAsync(stats, deadline.Token).ConfigureAwait(false)) > 0)
                await Task.Delay(Poll, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // It is ended next, whatever it answers.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>
    /// Open connections of all listeners but the admin's, from lines <c>listener.ADDRESS.NAME: COUNT</c>.
    /// </summary>
    internal static long Connections(string stats) => stats
        .Split('\n', StringSplitOptions.TrimEntries)
        .Where(line => !line.StartsWith("listener.admin.", StringComparison.Ordinal)
            && !line.Contains(".worker_", StringComparison.Ordinal))
        .Select(line => line[(line.LastIndexOf(' ') + 1)..])
        .Sum(count => long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0);
}
