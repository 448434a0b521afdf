using System.Globalization;
using System.Text.RegularExpressions;
using Solo.Gloo;
using Stagedoor.Api;

namespace Stagedoor.Translation.ProxyValidation;

/// <summary>
/// Makes Gloo's report of a Proxy: a tree like the Proxy's own, with what is wrong at its place (infrastructure 2.1).
/// </summary>
internal static partial class ProxyReportBuilder
{
    /// <summary>The report; listeners, virtual hosts and routes in the order of the Proxy.</summary>
    /// <param name="proxy">The Proxy.</param>
    /// <param name="said">What is said of it, with paths within it.</param>
    /// <param name="replacesRoutes">Whether errors of routes count as warnings.</param>
    public static ProxyReport Build(Proxy proxy, IEnumerable<Diagnostic> said, bool replacesRoutes)
    {
        var report = new ProxyReport();
        report.ListenerReports.AddRange(proxy.Listeners.Select(Skeleton));
        foreach (var diagnostic in said.Where(diagnostic => diagnostic.Severity != Severity.Info))
        {
            var place = Place(diagnostic.Field ?? "");
            if (place.Listener >= report.ListenerReports.Count) continue;
            var found = Read(diagnostic);
            var demoted = replacesRoutes && place.Route >= 0;
            Add(report.ListenerReports[place.Listener], place, demoted ? found with { IsError = false } : found);
        }

        return report;
    }

    private static ListenerReport Skeleton(Listener listener)
    {
        var report = new ListenerReport();
        switch (listener.ListenerTypeCase)
        {
            case Listener.ListenerTypeOneofCase.HttpListener:
                report.HttpListenerReport = Skeleton(listener.HttpListener.VirtualHosts);
                break;
            case Listener.ListenerTypeOneofCase.TcpListener:
                report.TcpListenerReport = Skeleton(listener.TcpListener);
                break;
            case Listener.ListenerTypeOneofCase.HybridListener:
                report.HybridListenerReport = Skeleton(listener, listener.HybridListener);
                break;
            case Listener.ListenerTypeOneofCase.AggregateListener:
                report.AggregateListenerReport = Skeleton(listener, listener.AggregateListener);
                break;
        }

        return report;
    }

    private static HttpListenerReport Skeleton(IEnumerable<VirtualHost> hosts)
    {
        var report = new HttpListenerReport();
        foreach (var host in hosts)
        {
            var routes = new VirtualHostReport();
            routes.RouteReports.AddRange(host.Routes.Select(_ => new RouteReport()));
            report.VirtualHostReports.Add(routes);
        }

        return report;
    }

    private static TcpListenerReport Skeleton(TcpListener listener)
    {
        var report = new TcpListenerReport();
        report.TcpHostReports.AddRange(listener.TcpHosts.Select(_ => new TcpHostReport()));
        return report;
    }

    private static HybridListenerReport Skeleton(Listener listener, HybridListener hybrid)
    {
        var report = new HybridListenerReport();
        for (var i = 0; i < hybrid.MatchedListeners.Count; i++)
        {
            var matched = hybrid.MatchedListeners[i];
            report.MatchedListenerReports[Key(listener, i)] = matched.TcpListener is { } tcp
                ? new MatchedListenerReport { TcpListenerReport = Skeleton(tcp) }
                : new MatchedListenerReport
                {
                    HttpListenerReport = Skeleton(matched.HttpListener?.VirtualHosts ?? []),
                };
        }

        return report;
    }

    private static AggregateListenerReport Skeleton(Listener listener, AggregateListener aggregate)
    {
        var report = new AggregateListenerReport();
        var hosts = aggregate.HttpResources?.VirtualHosts;
        for (var i = 0; i < aggregate.HttpFilterChains.Count; i++)
        {
            report.HttpListenerReports[Key(listener, i)] = Skeleton(
                aggregate.HttpFilterChains[i].VirtualHostRefs
                    .Select(name => hosts?.GetValueOrDefault(name) ?? new VirtualHost()));
        }

        for (var i = 0; i < aggregate.TcpListeners.Count; i++)
        {
            var tcp = aggregate.TcpListeners[i].TcpListener ?? new TcpListener();
            report.TcpListenerReports[Key(listener, i)] = Skeleton(tcp);
        }

        return report;
    }

    private static string Key(Listener listener, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{listener.Name}-{index}");

    private static void Add(ListenerReport report, in ReportPlace place, in Reported found)
    {
        var http = report.HttpListenerReport
            ?? report.HybridListenerReport?.MatchedListenerReports.Values.ElementAtOrDefault(place.Part)
                ?.HttpListenerReport
            ?? report.AggregateListenerReport?.HttpListenerReports.Values.ElementAtOrDefault(place.Part);
        var host = place.Host >= 0 ? http?.VirtualHostReports.ElementAtOrDefault(place.Host) : null;
        if (host?.RouteReports.ElementAtOrDefault(place.Route) is { } route && place.Route >= 0) found.AddTo(route);
        else if (host is not null && found.IsError) found.AddTo(host);
        else if (http is not null && (host is not null || place.IsHttp)) found.AddTo(http);
        else found.AddTo(report);
    }

    private static Reported Read(Diagnostic diagnostic)
    {
        var match = Words().Match(diagnostic.Message);
        return new Reported(
            diagnostic.Severity == Severity.Error,
            match.Success ? match.Groups["type"].Value : "",
            match.Success ? match.Groups["reason"].Value : diagnostic.Message);
    }

    private static ReportPlace Place(string field) => new(
        Math.Max(Number(field, "listeners"), 0),
        Math.Max(Math.Max(Number(field, "matchedListeners"), Number(field, "httpFilterChains")), 0),
        field.Contains("httpListener", StringComparison.Ordinal),
        Number(field, "virtualHosts"),
        Number(field, "routes"));

    private static int Number(string field, string name)
    {
        var start = field.IndexOf(name + "[", StringComparison.Ordinal) + name.Length + 1;
        var end = start > name.Length ? field.IndexOf(']', start) : -1;
        return end > start && int.TryParse(field.AsSpan(start, end - start), out var number) ? number : -1;
    }

    [GeneratedRegex(
        @"^\w+ (Error|Warning): (?<type>\w+)\. Reason: (?<reason>.*)$",
        RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}

/// <summary>Where in a Proxy something is; -1 for "not that deep".</summary>
internal readonly record struct ReportPlace(int Listener, int Part, bool IsHttp, int Host, int Route);
