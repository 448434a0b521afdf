using System.Globalization;

namespace Stagedoor.Host.Commands.Explaining;

/// <summary>An explanation for people.</summary>
internal static class ExplanationText
{
    private const int MaxNames = 10;

    /// <summary>Writes the explanation.</summary>
    public static void Write(ExplanationView view, TextWriter output)
    {
        output.WriteLine($"{view.Kind} {view.Namespace}/{view.Name}{(view.Source is null ? "" : $" ({view.Source})")}");
        output.WriteLine(view.TakesEffect ? "takes effect in:" : "takes no effect.");
        foreach (var place in view.Places) Write(place, output);
        if (view.FirstGate is { } first)
        {
            output.WriteLine($"The first gate that it failed is {first.Gate}: {first.Reason}.");
            output.WriteLine($"    {first.Hint}");
        }

        var others = view.Missed.Where(missed => missed != view.FirstGate).ToList();
        if (others.Count > 0) output.WriteLine(view.TakesEffect ? "and not in:" : "Other ways are closed too:");
        foreach (var missed in others)
        {
            var proxy = missed.Proxy is null ? "" : $"{missed.Proxy}: ";
            output.WriteLine($"  {proxy}{missed.Gate}: {missed.Reason}");
            output.WriteLine($"      {missed.Hint}");
        }

        if (view.Diagnostics.Count > 0) output.WriteLine("What is said of it:");
        foreach (var said in view.Diagnostics)
        {
            var field = said.Field is null ? "" : $"{said.Field}: ";
            output.WriteLine($"  {said.Severity} {said.Code}: {field}{said.Message}");
        }
    }

    private static void Write(ExplanationView.PlaceView place, TextWriter output)
    {
        output.WriteLine($"  Proxy {place.Proxy}");
        Line(output, "Gateway", place.Gateway ?? "");
        Line(output, "listener", place.Listener);
        Line(output, "routes", place.RouteConfiguration);
        Line(output, place.VirtualHosts.Count > 1 ? "hosts" : "host", Names(place.VirtualHosts));
        Line(output, "domains", Names(place.Domains));
        Line(output, "route", Names(place.Routes));
        Line(output, "clusters", Names(place.Clusters));
        Line(output, "by", Names(place.By));
    }

    private static void Line(TextWriter output, string label, string text)
    {
        if (text.Length > 0) output.WriteLine($"    {label,-9} {text}");
    }

    private static string Names(IReadOnlyList<string> names)
    {
        var first = string.Join(", ", names.Take(MaxNames));
        return names.Count <= MaxNames
            ? first
            : string.Create(CultureInfo.InvariantCulture, $"{first} and {names.Count - MaxNames} more");
    }
}
