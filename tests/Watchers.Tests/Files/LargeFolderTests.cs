using System.Diagnostics;
using Shouldly;
using Solo.Gateway;
using Stagedoor.Api;
using Xunit;
using static Stagedoor.Watchers.Tests.Files.Texts;

namespace Stagedoor.Watchers.Tests.Files;

/// <summary>
/// Ten thousand files, hostile documents; figures are printed, bounds are for slow machines (T16, T27).
/// </summary>
public sealed class LargeFolderTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Ten_thousand_files()
    {
        await using var folder = new WatchedFolder();
        for (var i = 0; i < 10_000; i++) folder.Write($"{i / 100}/{i % 100}.yaml", Service($"s{i}", "1"));
        var watch = Stopwatch.StartNew();
        await folder.StartAsync();
        output.WriteLine($"first list: {watch.ElapsedMilliseconds} ms");
        folder.Catalog.Current.Count.ShouldBe(10_000);

        var times = new List<double>();
        for (var i = 0; i < 40; i++)
        {
            var wanted = $"{2 + i}";
            watch.Restart();
            folder.Write("42/42.yaml", Service("s4242", wanted));
            await folder.Until(view => Version(view, "s4242") == wanted);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        output.WriteLine($"one change: first {times[0]:F1} ms, p50 {times.Order().ElementAt(20):F1} ms");
        times.Max().ShouldBeLessThan(5000);
        folder.History.Count.ShouldBe(42);

        watch.Restart();
        for (var i = 0; i < 100; i++) folder.Write($"7/{i}.yaml", Service($"s{700 + i}", "3"));
        await folder.Until(view => Enumerable.Range(700, 100).All(i => Version(view, $"s{i}") == "3"));
        output.WriteLine($"a hundred changes: {watch.Elapsed.TotalMilliseconds:F1} ms");

        await folder.StopAsync();
        watch.Restart();
        await folder.StartAsync();
        output.WriteLine($"restart: {watch.ElapsedMilliseconds} ms");
        watch.ElapsedMilliseconds.ShouldBeLessThan(30_000);
    }

    [Fact]
    public async Task Hostile_documents_cost_only_themselves()
    {
        await using var folder = new WatchedFolder();
        var hostile = Hostile.ToArray();
        for (var i = 0; i < 1000; i++)
        {
            folder.Write($"good/{i}.yaml", Service($"good{i}", "1"));
            folder.Write($"bad/{i}.yaml", hostile[i % hostile.Length]);
            // Good ones share their file with a bad one, too.
            folder.Write($"mixed/{i}.yaml", Service($"mixed{i}", "1") + "---\n" + hostile[i % hostile.Length]);
        }

        var watch = Stopwatch.StartNew();
        await folder.StartAsync();
        output.WriteLine($"3000 files, 2000 of them hostile: {watch.ElapsedMilliseconds} ms");

        var view = folder.Catalog.Current;
        view.Count.ShouldBe(2000);
        var blamed = view.Diagnostics
            .Where(d => d.Severity == Severity.Error && d.Source!.Value.Line > 0)
            .Select(d => d.Source!.Value.File)
            .ToHashSet();
        blamed.Count.ShouldBe(2000);
        blamed.ShouldAllBe(file => file[0] == 'b' || file[0] == 'm');
    }

    private static IEnumerable<string> Hostile =>
    [
        Wrong("x"),
        Broken("x"),
        "\0\0\0\0",
        "a: " + new string('[', 5000),
        "a: &a [1,1,1,1,1,1,1,1,1,1]\n" + string.Concat(Enumerable.Range(0, 12).Select(
            i => $"b{i}: &b{i} [{string.Join(',', Enumerable.Repeat(i == 0 ? "*a" : $"*b{i - 1}", 10))}]\n")),
        Service("x", "1").Replace("name: x", "name: ../../etc/passwd", StringComparison.Ordinal),
        Service("x", "1").Replace("name: x", "name: " + new string('x', 100_000), StringComparison.Ordinal),
        Service("x", "1") + "  virtualHost: {routes: [{matchers: [{regex: [" + new string('a', 100_000) + "]}]}]}\n",
        Service("x", "1") + "spec: {}\n",
        "kind: VirtualService\napiVersion: gateway.solo.io/v1\nmetadata: []\n",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata: {a: '***'}\n",
        "apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {ports: [{port: 99999999999}]}\n",
    ];

    private static string Version(CatalogView view, string name) =>
        view.Find(ResourceKinds.VirtualService, "default", name)!.As<VirtualService>().DisplayName;
}
