using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Golden.Live.Tests;

/// <summary>
/// Everything that the golden cases translate to, served by one <c>stagedoor serve</c> to one Envoy, case after case.
/// </summary>
public sealed partial class GoldenCasesTests
{
    // Refused for reasons of the machine that they would run on.
    private static readonly Dictionary<string, string> Excepted = new(StringComparer.Ordinal)
    {
        ["tls-files"] = "refers to files of the proxy's machine",
    };

    // Clusters of Gloo's bootstraps that cases refer to.
    private const string Bootstrap = """
        static_resources:
          clusters: [{name: gateway_proxy_sds}, {name: access_log_cluster}, {name: tracing_cluster}]
        """;

    private static string Root { get; } = Repository.PathOf("tests", "Golden", "envoy");

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task No_case_is_rejected(string version)
    {
        await EnvoyVersions.ExecutableAsync(version);
        using var folder = new TemporaryFolder();
        var ports = new Dictionary<string, int>(StringComparer.Ordinal);
        var marker = Ports.Take();
        folder.Write("config/case.yaml", Marker("start", marker));
        await using var server = new StagedoorServer(folder["config"], folder["data"]);
        server.Start();
        await using var envoy = await EnvoyProcess.StartAsync(version, server.XdsPort, "golden", Bootstrap);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await UntilServed(http, marker, "start", envoy, server);

        var rejected = new List<string>();
        foreach (var name in Directory.GetDirectories(Root).Select(path => Path.GetFileName(path)).Order())
        {
            if (Excepted.ContainsKey(name)) continue;
            Serve(folder, name, ports, marker);
            await UntilServed(http, marker, name, envoy, server);
            var stats = await envoy.StatsAsync("update_rejected$");
            var now = stats.Where(stat => stat.Value > 0).Select(stat => stat.Key).Except(rejected).ToList();
            if (now.Count == 0) continue;
            rejected.AddRange(now);
            rejected.Add($"^ {name}: {string.Join('\n', envoy.Log.Split('\n').Where(l => l.Contains("rejected")))}");
        }

        rejected.ShouldBeEmpty();

        // What only the proxy's machine can know comes back as news of the resource behind it.
        foreach (var name in Excepted.Keys)
        {
            Serve(folder, name, ports, marker);
            await Wait.UntilAsync($"{name} to be rejected", async () =>
                (await envoy.StatsAsync("update_rejected$")).Values.Sum() > 0
                && (await server.DiagnosticsAsync()).Contains("/etc/tls/", StringComparison.Ordinal));
        }
    }

    private static void Serve(TemporaryFolder folder, string name, Dictionary<string, int> ports, int marker)
    {
        var next = folder.Write("next~", Input(name, ports) + "\n---\n" + Marker(name, marker));
        File.Move(next, folder["config/case.yaml"], overwrite: true);
    }

    private static async Task UntilServed(
        HttpClient http, int port, string name, EnvoyProcess envoy, StagedoorServer server)
    {
        try
        {
            await Wait.UntilAsync($"the case {name}", async () =>
            {
                server.MustRun();
                using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/");
                request.Headers.Host = "marker.invalid";
                using var answer = await http.SendAsync(request);
                return await answer.Content.ReadAsStringAsync() == name;
            });
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.Message}\nserver:\n{server.Log}\nEnvoy:\n{envoy.Log}", e);
        }
    }

    private static string Input(string name, Dictionary<string, int> ports)
    {
        var text = File.ReadAllText(Path.Combine(Root, name, "input.yaml"));
        foreach (Match with in With().Matches(text))
            text += "\n---\n" + File.ReadAllText(Path.Combine(Root, with.Groups[1].Value));
        return BindPort().Replace(text, match =>
        {
            if (!ports.TryGetValue(match.Value, out var port)) port = ports[match.Value] = Ports.Take();
            return string.Create(CultureInfo.InvariantCulture, $"bindPort: {port}");
        });
    }

    // A Gateway of its own, whose only answer tells which case is served.
    private static string Marker(string name, int port) => $$$"""
        apiVersion: gateway.solo.io/v1
        kind: Gateway
        metadata: {name: zz-marker, namespace: gloo-system}
        spec: {bindAddress: 127.0.0.1, bindPort: {{{port}}}, httpGateway: {virtualServiceSelector: {marker: "yes"} } }
        ---
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: zz-marker, namespace: gloo-system, labels: {marker: "yes"}}
        spec:
          virtualHost:
            domains: [marker.invalid]
            routes:
            - directResponseAction:
                status: 200
                body: {{{name}}}

        """;

    [GeneratedRegex("^# with: (.+)$", RegexOptions.Multiline)]
    private static partial Regex With();

    [GeneratedRegex("bindPort: [0-9]+")]
    private static partial Regex BindPort();
}
