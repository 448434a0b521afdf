using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Stagedoor.Api;
using Stagedoor.Host.Echo;
using Stagedoor.Translation;
using Stagedoor.Translation.RouteCheck;
using Xunit;

namespace Stagedoor.Tools.Tests.RouteChecks;

/// <summary>
/// The route check and Envoy agree on backend, status, path, host and headers of random requests to random
/// configurations. The seed of the run is printed; STAGEDOOR_ROUTE_SEED repeats one, STAGEDOOR_ROUTE_REQUESTS asks for
/// more.
/// </summary>
public sealed class RouteCheckAgainstEnvoyTests(ITestOutputHelper log)
{
    private const int PerScenario = 250;
    private static readonly string[] RequestHeaders = ["x-a", "x-b", "x-c", "x-envoy-original-path"];
    private static readonly string[] ResponseHeaders = ["r-a", "r-b"];

    private readonly int[] _kinds = new int[Enum.GetValues<RouteOutcomeKind>().Length];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Envoy_does_with_20000_requests_what_the_check_says()
    {
        var seed = Number("STAGEDOOR_ROUTE_SEED") ?? Environment.TickCount & 0xFFFFFF;
        var scenarios = (Number("STAGEDOOR_ROUTE_REQUESTS") ?? 20_000) / PerScenario;
        log.WriteLine($"seed {seed}, {scenarios} configurations, {PerScenario} requests each");
        var executable = await RealEnvoy.FindAsync("1.40.0");
        var random = Enumerable.Range(seed, scenarios).Select(own => new RandomRoutes(own)).ToArray();
        var chains = random.Select(routes => Translate(routes.Documents())).ToArray();
        var backends = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => EchoServer.StartAsync(
            new EchoOptions($"c{i}_gloo-system", IPAddress.Loopback, 0), Stop)));
        try
        {
            await using var envoy = await CheckedEnvoy.StartAsync(
                executable, chains,
                backends.Select((backend, i) => (Name: $"c{i}_gloo-system", backend.EndPoint))
                    .ToDictionary(backend => backend.Name, backend => backend.EndPoint),
                Stop);
            var differences = new List<string>();
            await Parallel.ForEachAsync(
                Enumerable.Range(0, scenarios),
                new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Stop },
                async (i, stop) =>
                    await CompareAsync(seed + i, random[i], chains[i], envoy.Ports[i], differences, stop));
            foreach (var difference in differences) log.WriteLine(difference);
            log.WriteLine(string.Join(", ", Enum.GetValues<RouteOutcomeKind>().Select(k => $"{k} {_kinds[(int)k]}")));
            if (scenarios >= 80) _kinds.ShouldAllBe(count => count > 50);
            differences.ShouldBeEmpty($"seed {seed}: {differences.Count} differences");
        }
        finally
        {
            foreach (var backend in backends) await backend.DisposeAsync();
        }
    }

    private async Task CompareAsync(
        int seed, RandomRoutes random, CheckedChain chain, IPEndPoint server, List<string> differences,
        CancellationToken stop)
    {
        using var client = new RawHttp(server);
        for (var i = 0; i < PerScenario; i++)
        {
            var (method, host, path, headers) = random.Request();
            var expected = RouteEvaluator.Evaluate(
                chain.Manager, chain.Routes,
                new RouteRequest(method, "http", host, path) { Headers = [.. headers] });
            Interlocked.Increment(ref _kinds[(int)expected.Kind]);
            var answer = await client.SendAsync(method, host, path, headers, stop);
            if (Difference(expected, answer) is not { } difference) continue;
            lock (differences)
            {
                if (differences.Count < 30)
                {
                    differences.Add(
                        $"seed {seed}: {method} {host} {path} [{string.Join(" ", headers)}]: {difference}; "
                        + $"route {expected.Route}: {(expected.RouteIndex < 0 ? "" : RouteText(chain, expected))}");
                }
            }
        }
    }

    private static string RouteText(CheckedChain chain, RouteOutcome outcome) =>
        chain.Routes.VirtualHosts.Single(host => host.Name == outcome.VirtualHost)
            .Routes[outcome.RouteIndex].ToString();

    /// <summary>What is other than expected; null if nothing.</summary>
    private static string? Difference(RouteOutcome expected, RawAnswer answer)
    {
        if (!expected.Unknown.IsEmpty) return "unknown: " + string.Join(", ", expected.Unknown);
        var isForwarded = expected.Kind == RouteOutcomeKind.Cluster;
        var status = isForwarded ? 200 : expected.Status;
        if (answer.Status != status) return $"status {answer.Status}, not {status}";
        if (Headers(expected, answer) is { } header) return header;
        if (isForwarded) return Forwarded(expected, JsonNode.Parse(answer.Body)!);
        if (expected.Kind == RouteOutcomeKind.Redirect && answer.Values("location") is var location
            && !location.SequenceEqual([expected.Location]))
            return $"location {string.Join(' ', location)}, not {expected.Location}";
        return expected.Kind == RouteOutcomeKind.DirectResponse && answer.Body != expected.Body && status != 204
            ? $"body {answer.Body}, not {expected.Body}"
            : null;
    }

    private static string? Headers(RouteOutcome expected, RawAnswer answer)
    {
        foreach (var name in ResponseHeaders)
        {
            var values = ImmutableArray<string>.Empty;
            foreach (var change in expected.ResponseHeaders.Where(change => change.Name == name))
            {
                if (change.Value is null) values = [];
                else values = change.Action == "set" ? [change.Value] : values.Add(change.Value);
            }

            if (!answer.Values(name).SequenceEqual(values))
                return $"header {name} {string.Join(',', answer.Values(name))}, not {string.Join(',', values)}";
        }

        return null;
    }

    private static string? Forwarded(RouteOutcome expected, JsonNode echo)
    {
        var server = (string)echo["server"]!;
        var target = expected.Targets.FirstOrDefault(target => target.Cluster == server);
        if (target is null)
            return $"backend {server}, not {string.Join(" or ", expected.Targets.Select(t => t.Cluster))}";
        var query = (string)echo["query"]!;
        var path = (string)echo["path"]! + (query.Length > 0 ? "?" + query : "");
        // An empty query is not told from none.
        var wanted = expected.Path.EndsWith('?') ? expected.Path[..^1] : expected.Path;
        if (path != wanted) return $"path {path}, not {wanted}";
        if ((string)echo["host"]! != target.Host) return $"host {echo["host"]}, not {target.Host}";
        foreach (var name in RequestHeaders)
        {
            var sent = (string?)echo["headers"]![name] ?? "";
            var should = string.Join(", ", target.RequestHeaders.GetValueOrDefault(name, []));
            if (sent != should) return $"header {name} {sent}, not {should}";
        }

        return null;
    }

    private static CheckedChain Translate(string documents)
    {
        var set = DocumentReader.Read(documents, "inputs.yaml");
        set.Diagnostics.ShouldBeEmpty();
        var view = CatalogView.Empty.With(set.Resources, [], set.Diagnostics, isSynced: true);
        var translation = ProxyTranslator.Translate(
            view, new ProxyId("gloo-system", "gateway-proxy"), new TranslationMemo());
        return CheckedChain.Of(translation).ShouldHaveSingleItem();
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;
}
