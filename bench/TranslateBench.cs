using System.Diagnostics;
using Stagedoor.Api;
using Stagedoor.Bench.Results;
using Stagedoor.Bench.Translation;
using Stagedoor.Translation;
using Stagedoor.Translation.Gateway;

namespace Stagedoor.Bench;

/// <summary>Translation alone, in this process: from nothing, and of one change among many.</summary>
internal static class TranslateBench
{
    private const int FromNothing = 5;
    private const int WarmUp = 20;

    private static readonly ProxyId Proxy = new("gloo-system", "gateway-proxy");

    public static Task RunAsync(Report report, BenchOptions options)
    {
        foreach (var size in options.Sizes ?? [10_000])
        {
            Delegating(report, options, size);
            Plain(report, options, size);
        }

        return Task.CompletedTask;
    }

    // VirtualServices of five routes, RouteTables delegated to.
    private static void Delegating(Report report, BenchOptions options, int size)
    {
        var before = GC.GetTotalMemory(true);
        var view = TranslationInputs.Delegating(size);
        report.Add(Full("translate-services", size, view));
        var edited = new Edited(view, Proxy);
        edited.Follow(One(TranslationInputs.Delegating(size / 2, "/zero")));
        var memory = GC.GetTotalMemory(true) - before;
        report.Add(new Row("translate-memory", null, size)
        {
            MegabytesPerThousand = Math.Round(memory / 1e6 / (size / 1000.0), 2),
        });
        GC.KeepAlive(edited);
        var memo = new GatewayMemo();
        GatewayTranslator.Translate(view, Proxy, memo);
        report.Add(Changes("translate-service", size, options, Documents(k => TranslationInputs.Delegating(
            (k * 7) % size, $"/change-{k}")), changed =>
            {
                view = view.With([changed], [], [], true);
                GatewayTranslator.Translate(view, Proxy, memo);
            }));
        report.Add(Changes("translate-service-snapshot", size, options, Documents(k => TranslationInputs.Delegating(
            (k * 7) % size, $"/change-{k}")), changed => edited.Follow(changed)));
    }

    // VirtualServices of two routes.
    private static void Plain(Report report, BenchOptions options, int size)
    {
        var view = TranslationInputs.Plain(size);
        report.Add(Full("translate-hosts", size, view));
        var edited = new Edited(view, Proxy);
        _ = edited.Snapshot;
        report.Add(Changes(
            "translate-route", size, options,
            Documents(k => TranslationInputs.Plain((k * 7) % size, $"/change-{k}")),
            changed => edited.Follow(changed)));
        report.Add(Changes(
            "translate-endpoint", size, options, Documents(TranslationInputs.Slice),
            changed => edited.Follow(changed)));
    }

    // From nothing to all resources; the worst is the first, with code that has never run.
    private static Row Full(string name, int size, CatalogView view)
    {
        var samples = new Samples();
        long allocated = 0;
        for (var i = 0; i < FromNothing; i++)
        {
            // Instances of its own, so that nothing of the last run is remembered for them.
            var fresh = CatalogView.Empty.With(
                view.ChangesSince(CatalogView.Empty).Select(view.Find).OfType<Resource>().Select(r => r with { }),
                [], [], true);
            GC.Collect();
            var from = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            ProxyTranslator.Translate(fresh, Proxy, new TranslationMemo());
            samples.Add(start, Stopwatch.GetTimestamp());
            allocated = GC.GetAllocatedBytesForCurrentThread() - from;
        }

        return new Row(name, null, size)
        {
            P50 = samples.Quantile(0.5),
            P99 = samples.Quantile(1),
            AllocatedKilobytes = Math.Round(allocated / 1e3),
        };
    }

    private static Row Changes(
        string name, int size, BenchOptions options, IEnumerable<Resource> documents, Action<Resource> follow)
    {
        var samples = new Samples();
        var allocated = new List<long>();
        var changes = documents.Take(WarmUp + (options.Changes * 5)).ToList();
        for (var k = 0; k < changes.Count; k++)
        {
            var from = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            follow(changes[k]);
            var end = Stopwatch.GetTimestamp();
            if (k < WarmUp) continue;
            samples.Add(start, end);
            allocated.Add(GC.GetAllocatedBytesForCurrentThread() - from);
        }

        return new Row(name, null, size)
        {
            P50 = samples.Quantile(0.5),
            P99 = samples.Quantile(0.99),
            AllocatedKilobytes = Math.Round(allocated.Order().ElementAt(allocated.Count / 2) / 1e3, 1),
        };
    }

    private static IEnumerable<Resource> Documents(Func<int, string> document)
    {
        for (var k = 0; ; k++) yield return One(document(k));
    }

    private static Resource One(string document) => TranslationInputs.Read(document)[0];
}
