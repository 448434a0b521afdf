using System.Globalization;

namespace Stagedoor.Host.Commands.Routing;

/// <summary>What a request meets, for people.</summary>
internal static class RouteText
{
    /// <summary>Writes one view.</summary>
    public static void Write(RouteView view, TextWriter output)
    {
        output.WriteLine($"{view.Proxy} {view.Listener}");
        Line(output, "chain", view.FilterChain);
        Line(output, "outcome", Outcome(view));
        Line(output, "host", view.VirtualHost is null ? "" : $"{view.VirtualHost} (domain {view.Domain})");
        Line(output, "route", view.Route ?? "");
        foreach (var target in view.Clusters)
        {
            var total = view.Clusters.Sum(cluster => cluster.Weight);
            var share = view.Clusters.Count == 1
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $" ({target.Weight} of {total})");
            Line(output, "cluster", target.Cluster + share);
            Line(output, "  sends", $"{view.Path} to host {target.Host ?? "of the endpoint"}");
            foreach (var header in target.RequestHeaders) Line(output, "  header", header);
        }

        foreach (var change in view.ResponseHeaders) Line(output, "answer", change);
        Line(output, "filters", string.Join(", ", view.Filters));
        foreach (var source in view.Sources)
        {
            var place = source.Source is null ? "" : $" ({source.Source})";
            Line(output, "from", $"{source.Of}: {source.Resource}{place}");
        }

        foreach (var unknown in view.Unknown) Line(output, "unknown", unknown);
    }

    private static string Outcome(RouteView view) => view.Outcome switch
    {
        "Cluster" => "is sent on",
        "Redirect" => $"redirect {view.Status} to {view.Location}",
        "DirectResponse" => $"direct response {view.Status}{(view.Body is null ? "" : $": {view.Body}")}",
        "BadRequest" => "refused with 400",
        _ => $"no {(view.VirtualHost is null ? "virtual host" : "route")} takes it: 404",
    };

    private static void Line(TextWriter output, string label, string text)
    {
        if (text.Length > 0) output.WriteLine($"  {label,-9} {text}");
    }
}
