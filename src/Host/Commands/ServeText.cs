using Stagedoor.Host.Serving;
using Stagedoor.Xds;

namespace Stagedoor.Host.Commands;

/// <summary>What <c>serve</c> prints beside its log: one line for programs, one block for people.</summary>
internal static class ServeText
{
    /// <summary>Says where the server listens, as soon as it does.</summary>
    public static async Task ListeningAsync(TextWriter output, StagedoorServer server)
    {
        await output.WriteLineAsync(
            $"listening xds={server.Xds} admin={server.Admin} rest={server.Rest} validation={server.Validation} "
            + $"proxy-debug={server.ProxyDebug}").ConfigureAwait(false);
        await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Says what is served, when the first configuration is complete; nothing if stopped before.</summary>
    public static async Task ReadyAsync(
        TextWriter output, StagedoorServer server, ServeOptions options, CancellationToken stop)
    {
        if (!await server.WaitForFirstSnapshotsAsync(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(false)) return;
        var proxies = server.ControlPlane.Proxies.Where(proxy => proxy.Snapshot is not null).ToArray();
        var lines = new List<string> { $"ready: {options.Config} is served; the journal is in {options.Data}" };
        lines.AddRange(proxies.Select(proxy =>
            $"  {proxy.Proxy}: {proxy.Count(XdsType.Listener)} listeners, "
            + $"{proxy.Count(XdsType.RouteConfiguration)} route configurations, "
            + $"{proxy.Count(XdsType.Cluster)} clusters"));
        var role = proxies.Length > 0 ? proxies[0].Proxy.ToString() : "gloo-system~gateway-proxy";
        lines.Add($"connect an Envoy: stagedoor bootstrap --role {role} --xds {server.Xds} > envoy.yaml");
        lines.Add($"look inside:      stagedoor get proxies --admin {server.Admin}");
        await output.WriteLineAsync(string.Join(Environment.NewLine, lines)).ConfigureAwait(false);
        await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
