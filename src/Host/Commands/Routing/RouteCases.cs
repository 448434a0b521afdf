using System.Globalization;
using System.Xml.Linq;
using Stagedoor.Api;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Stagedoor.Host.Commands.Routing;

/// <summary>A file of requests with what is expected of them.</summary>
internal sealed class RouteCases
{
    /// <summary>The cases in order.</summary>
    public List<RouteCase> Cases { get; set; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="CommandException">It cannot be read, or holds something else.</exception>
    public static RouteCases Read(string file)
    {
        try
        {
            var reader = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
            return reader.Deserialize<RouteCases?>(File.ReadAllText(file)) ?? new RouteCases();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or YamlException)
        {
            throw new CommandException(HostCodes.Setting, $"cannot read the cases of {file}: {e.Message}", inner: e);
        }
    }

    /// <summary>The results as JUnit's XML, which CI systems show.</summary>
    public static XDocument JUnit(IReadOnlyList<(RouteCase Case, string? Failure)> results) => new(new XElement(
        "testsuite",
        new XAttribute("name", "stagedoor test"),
        new XAttribute("tests", results.Count),
        new XAttribute("failures", results.Count(result => result.Failure is not null)),
        results.Select(result => new XElement(
            "testcase",
            new XAttribute("classname", "stagedoor"),
            new XAttribute("name", result.Case.Name),
            result.Failure is null ? null : new XElement("failure", new XAttribute("message", result.Failure))))));
}

/// <summary>One request and what is expected of it.</summary>
internal sealed class RouteCase
{
    /// <summary>Name in reports.</summary>
    public string Name { get; set; } = "";

    /// <summary>Method.</summary>
    public string Method { get; set; } = "GET";

    /// <summary>URL.</summary>
    public string Url { get; set; } = "";

    /// <summary>Headers of the request.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];

    /// <summary>What is expected, by the names that <c>stagedoor route -o json</c> has.</summary>
    public Dictionary<string, string> Expect { get; set; } = [];

    /// <summary>What is other than expected; null if nothing.</summary>
    public string? Run(CatalogView view)
    {
        var request = RouteCommand.Request(Method, Url, Headers.Select(header => $"{header.Key}: {header.Value}"));
        var views = RouteView.Of(
            view, request, Expect.GetValueOrDefault("proxy"), Expect.GetValueOrDefault("listener")).ToList();
        if (views.Count == 0) return "no listener takes the request";
        var failures = views.SelectMany(met => Expect
            .Select(expected => (Expected: expected, Actual: Actual(met, expected.Key)))
            .Where(pair => !pair.Actual.Contains(pair.Expected.Value))
            .Select(pair => $"{met.Listener}: {pair.Expected.Key} is {string.Join(" or ", pair.Actual)}, "
                + $"not {pair.Expected.Value}"));
        return string.Join("; ", failures) is { Length: > 0 } text ? text : null;
    }

    private static string[] Actual(RouteView met, string name) => name switch
    {
        "proxy" => [met.Proxy],
        "listener" => [met.Listener],
        "outcome" => [met.Outcome],
        "status" => [met.Status?.ToString(CultureInfo.InvariantCulture) ?? "none"],
        "location" => [met.Location ?? "none"],
        "body" => [met.Body ?? ""],
        "virtualHost" => [met.VirtualHost ?? "none"],
        "domain" => [met.Domain ?? "none"],
        "route" => [met.Route ?? "none"],
        "path" => [met.Path ?? "none"],
        "cluster" => [.. met.Clusters.Select(target => target.Cluster).DefaultIfEmpty("none")],
        "host" => [.. met.Clusters.Select(target => target.Host ?? "none").DefaultIfEmpty("none")],
        _ => throw new CommandException(HostCodes.Setting, $"'{name}' is nothing that can be expected"),
    };
}
