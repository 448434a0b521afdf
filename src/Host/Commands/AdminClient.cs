using System.CommandLine;
using System.Net;

namespace Stagedoor.Host.Commands;

/// <summary>A running server's admin API, for commands.</summary>
internal static class AdminClient
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>The option <c>--admin</c>.</summary>
    public static Option<string?> Option() => new("--admin")
    {
        Description = "The admin API of a running server, HOST:PORT.",
    };

    /// <summary>The text at a path below <c>/api/v1</c>; null if there is no such thing.</summary>
    /// <exception cref="CommandException">The server does not answer.</exception>
    public static async Task<string?> GetAsync(string admin, string path, CancellationToken stop)
    {
        var (host, port) = OptionValues.HostAndPort("--admin", admin);
        using var client = new HttpClient { Timeout = Deadline };
        try
        {
            using var response = await client.GetAsync(new UriBuilder("http", host, port, $"/api/v1/{path}").Uri, stop)
                .ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.NotFound) return null;
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            throw new CommandException(
                HostCodes.AdminApi, $"the admin API at {admin} does not answer: {e.Message}",
                "is 'stagedoor serve' running, and is this its --admin-port?", e);
        }
    }
}
