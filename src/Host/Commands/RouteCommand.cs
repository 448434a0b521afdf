using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Stagedoor.Host.Admin;
using Stagedoor.Host.Commands.Routing;
using Stagedoor.Translation.RouteCheck;

namespace Stagedoor.Host.Commands;

/// <summary><c>stagedoor route</c>: what becomes of a request, without an Envoy.</summary>
internal static class RouteCommand
{
    private const int NoListener = 2;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var method = new Argument<string>("method") { Description = "For example GET." };
        var url = new Argument<string>("url") { Description = "http://HOST[:PORT]/PATH or https://..." };
        var config = ConfigFolder.Option();
        var header = new Option<string[]>("--header", "-H") { Description = "A header, 'NAME: VALUE'; repeatable." };
        var proxy = new Option<string?>("--proxy") { Description = "Only this Proxy, NAMESPACE~NAME." };
        var listener = new Option<string?>("--listener") { Description = "Only this listener." };
        var format = new Option<string>("--output", "-o")
        {
            Description = "text or json.",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new ExampleCommand(
            "route",
            "Says what Envoy does with a request, offline: listener, filter chain, virtual host, route, clusters, "
            + "rewrites, headers and filters, and the objects behind them. Exit code 0: a listener takes it; 2: none "
            + "does; 1: it could not run.",
            new CommandExample("stagedoor route GET http://pets.example/cats --config ./gloo", "One request."),
            new CommandExample(
                "stagedoor route POST https://pets.example/ -H 'x-team: a' --config ./gloo", "With TLS and a header."))
        {
            method, url, config, header, proxy, listener, format,
        };
        command.SetAction(parsed =>
        {
            var request = Request(
                parsed.GetValue(method)!, parsed.GetValue(url)!, parsed.GetValue(header) ?? []);
            var views = RouteView.Of(
                ConfigFolder.Read(parsed.GetValue(config)!), request, parsed.GetValue(proxy),
                parsed.GetValue(listener)).ToList();
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(format) == "json") output.WriteLine(JsonSerializer.Serialize(views, AdminApi.Json));
            else if (views.Count == 0) output.WriteLine($"no listener takes {request.Scheme} for {request.Host}");
            foreach (var view in parsed.GetValue(format) == "json" ? [] : views) RouteText.Write(view, output);
            return views.Count > 0 ? 0 : NoListener;
        });
        return command;
    }

    /// <summary>The request of a URL and header lines.</summary>
    /// <exception cref="CommandException">The URL or a header is none.</exception>
    internal static RouteRequest Request(string method, string url, IEnumerable<string> headers)
    {
        var request = RouteRequest.FromUrl(method, url)
            ?? throw new CommandException(
                HostCodes.CommandLine, $"'{url}' is no URL, for example https://pets.example/cats?kind=grey");
        var read = headers.Select(line =>
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            return colon > 0
                ? KeyValuePair.Create(line[..colon].Trim(), line[(colon + 1)..].Trim())
                : throw new CommandException(HostCodes.CommandLine, $"-H '{line}' is not 'NAME: VALUE'");
        }).ToImmutableArray();
        var host = read.FirstOrDefault(h => string.Equals(h.Key, "host", StringComparison.OrdinalIgnoreCase));
        return request with
        {
            Host = host.Key is null ? request.Host : host.Value,
            Headers = [.. read.Where(h => h.Key != host.Key)],
        };
    }
}
