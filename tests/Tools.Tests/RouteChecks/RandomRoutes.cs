using System.Text.Json.Nodes;

namespace Stagedoor.Tools.Tests.RouteChecks;

/// <summary>
/// Random VirtualServices and requests that hit them, nearly hit them and miss them. The same seed gives the same.
/// </summary>
internal sealed class RandomRoutes(int seed)
{
    private static readonly string[] Segments = ["a", "b", "A", "aa", "a.b", "a-b", "~x", "Bb"];
    private static readonly string[] Domains =
    [
        "a.example", "*.example", "b.a.example", "*.a.example", "x.*", "x.a.*", "*", "a.example:8080", "Mixed.Case",
        "*-b.example",
    ];

    private static readonly string[] Regexes =
    [
        "/a/.*", "/[ab]+/?", "/(a|b)/([^/]+)", @"/.*\.b", "/a{1,2}", @"/\w+", "(?i)/A/B.*", @"/[[:alpha:]]+(/\d*)?",
        "/[^a].*", "/a|/b",
    ];

    private static readonly (string Regex, string Substitution)[] Rewrites =
    [
        ("^/a", "/z"), ("/([^/]+)/([^/]+)", @"/\2/\1"), ("/a*", "/-"), ("(b)|A", @"[\1]"), (@"\.", "_"),
        ("^/(?P<first>[^/]*)(.*)$", @"/v1\2/\1"),
    ];

    private readonly Random _random = new(seed);
    private readonly List<string> _domains = [];
    private readonly List<string> _paths = [];

    /// <summary>The documents of a Gateway, VirtualServices and Upstreams <c>c0</c> to <c>c3</c>.</summary>
    internal string Documents()
    {
        var documents = new List<string>
        {
            """
            {"apiVersion": "gateway.solo.io/v1", "kind": "Gateway",
             "metadata": {"name": "gateway-proxy", "namespace": "gloo-system"},
             "spec": {"bindAddress": "127.0.0.1", "bindPort": 8080, "httpGateway": {"options": {
               "httpConnectionManagerSettings": MANAGER}}}}
            """.Replace("MANAGER", Manager().ToJsonString(), StringComparison.Ordinal),
        };
        for (var i = 0; i < 4; i++)
        {
            documents.Add("""
                {"apiVersion": "gloo.solo.io/v1", "kind": "Upstream",
                 "metadata": {"name": "cN", "namespace": "gloo-system"},
                 "spec": {"static": {"hosts": [{"addr": "127.0.0.1", "port": 1000}]}}}
                """.Replace("cN", $"c{i}", StringComparison.Ordinal));
        }

        var domains = Domains.OrderBy(_ => _random.Next()).ToArray();
        var hosts = 1 + _random.Next(4);
        for (var i = 0; i < hosts; i++)
        {
            var own = domains.Skip(i * 2).Take(1 + _random.Next(2)).ToArray();
            _domains.AddRange(own);
            documents.Add(VirtualService($"v{i}", own).ToJsonString());
        }

        return string.Join("\n---\n", documents);
    }

    /// <summary>A request.</summary>
    internal (string Method, string Host, string Path, List<KeyValuePair<string, string>> Headers) Request()
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var value in Pick<string[]>(
            [], ["v1"], ["v2"], ["v1", "v2"], ["v2", "v1"], ["v3", "v2"], ["V1"], [" v1 "]))
            headers.Add(new(Pick("x-a", "X-A"), value));
        if (Chance(30)) headers.Add(new("x-b", Pick("v1", "other")));
        return (Pick("GET", "GET", "GET", "POST", "DELETE"), Host(), Path() + Query(), headers);
    }

    private JsonObject Manager()
    {
        var manager = new JsonObject();
        if (Chance(30)) manager["mergeSlashes"] = true;
        if (Chance(15)) manager["normalizePath"] = false;
        if (Chance(30)) manager["stripAnyHostPort"] = true;
        if (Chance(50))
        {
            manager["pathWithEscapedSlashesAction"] = Pick(
                "KEEP_UNCHANGED", "REJECT_REQUEST", "UNESCAPE_AND_FORWARD", "UNESCAPE_AND_REDIRECT");
        }

        return manager;
    }

    private JsonObject VirtualService(string name, string[] domains)
    {
        var routes = new JsonArray();
        for (var count = 1 + _random.Next(6); count > 0; count--) routes.Add(Route());
        var host = new JsonObject
        {
            ["domains"] = new JsonArray([.. domains.Select(domain => (JsonNode)domain)]),
            ["routes"] = routes,
        };
        if (Chance(30)) host["options"] = new JsonObject { ["headerManipulation"] = Headers() };
        return new JsonObject
        {
            ["apiVersion"] = "gateway.solo.io/v1",
            ["kind"] = "VirtualService",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "gloo-system" },
            ["spec"] = new JsonObject { ["virtualHost"] = host },
        };
    }

    private JsonObject Route()
    {
        var route = new JsonObject { ["matchers"] = new JsonArray(Matcher()) };
        var options = new JsonObject();
        switch (_random.Next(10))
        {
            case 0:
                route["directResponseAction"] = new JsonObject
                {
                    ["status"] = Pick(200, 204, 403, 503),
                    ["body"] = Pick("", "no"),
                };
                break;
            case 1 or 2:
                route["redirectAction"] = Redirect();
                break;
            default:
                route["routeAction"] = Action();
                Rewrite(options);
                break;
        }

        if (Chance(30)) options["headerManipulation"] = Headers();
        if (options.Count > 0) route["options"] = options;
        return route;
    }

    private JsonObject Action()
    {
        if (Chance(80)) return new JsonObject { ["single"] = Destination() };
        return new JsonObject
        {
            ["multi"] = new JsonObject
            {
                ["destinations"] = new JsonArray(
                    new JsonObject { ["destination"] = Destination(), ["weight"] = 1 + _random.Next(3) },
                    new JsonObject { ["destination"] = Destination(), ["weight"] = 1 }),
            },
        };
    }

    private JsonObject Destination() => new()
    {
        ["upstream"] = new JsonObject { ["name"] = $"c{_random.Next(4)}", ["namespace"] = "gloo-system" },
    };

    private void Rewrite(JsonObject options)
    {
        if (Chance(35)) options["prefixRewrite"] = Pick("/", "/n", "/n/", "/N/a");
        else if (Chance(40)) options["regexRewrite"] = Regex();
        if (Chance(15)) options["hostRewrite"] = "up.example";
        else if (Chance(15)) options["hostRewriteHeader"] = "x-a";
        else if (Chance(15)) options["hostRewritePathRegex"] = Regex("^/([A-Za-z]?).*$", @"h\1.example");
    }

    private JsonObject Regex()
    {
        var (regex, substitution) = Pick(Rewrites);
        return Regex(regex, substitution);
    }

    private static JsonObject Regex(string regex, string substitution) => new()
    {
        ["pattern"] = new JsonObject { ["regex"] = regex },
        ["substitution"] = substitution,
    };

    private JsonObject Redirect()
    {
        var redirect = new JsonObject
        {
            ["responseCode"] = Pick(
                "MOVED_PERMANENTLY", "FOUND", "SEE_OTHER", "TEMPORARY_REDIRECT", "PERMANENT_REDIRECT"),
        };
        if (Chance(40)) redirect["hostRedirect"] = "new.example";
        if (Chance(30)) redirect["httpsRedirect"] = true;
        if (Chance(30)) redirect["stripQuery"] = true;
        if (Chance(30)) redirect["portRedirect"] = 8443;
        switch (_random.Next(4))
        {
            case 0:
                redirect["pathRedirect"] = Pick("/moved", "/moved?own=1");
                break;
            case 1:
                redirect["prefixRewrite"] = Pick("/", "/n", "/n/");
                break;
            case 2:
                redirect["regexRewrite"] = Regex();
                break;
        }

        return redirect;
    }

    private JsonObject Headers()
    {
        var headers = new JsonObject();
        if (Chance(70)) headers["requestHeadersToAdd"] = new JsonArray(Header("x-b"), Header("x-c"));
        if (Chance(40)) headers["requestHeadersToRemove"] = new JsonArray(Pick("x-a", "x-b"));
        if (Chance(50)) headers["responseHeadersToAdd"] = new JsonArray(Header("r-a"), Header("r-b"));
        return headers;
    }

    private JsonObject Header(string name) => new()
    {
        ["header"] = new JsonObject { ["key"] = name, ["value"] = Pick("one", "two", "50%%") },
        ["append"] = Chance(50),
    };

    private JsonObject Matcher()
    {
        var matcher = new JsonObject();
        if (Chance(25))
        {
            matcher["regex"] = Pick(Regexes);
        }
        else
        {
            var path = PlainPath();
            _paths.Add(path);
            matcher[Chance(70) ? "prefix" : "exact"] = path;
            if (Chance(30)) matcher["caseSensitive"] = Chance(30);
        }

        if (Chance(20))
        {
            var header = new JsonObject { ["name"] = "x-a" };
            if (Chance(70)) header["value"] = Pick("v1", "v2", "v[12]", "v1,v1");
            if (Chance(40)) header["regex"] = true;
            if (Chance(30)) header["invertMatch"] = true;
            matcher["headers"] = new JsonArray(header);
        }

        if (Chance(15))
        {
            var query = new JsonObject { ["name"] = "q" };
            if (Chance(70)) query["value"] = Pick("1", "2", "[0-9]+");
            if (Chance(40)) query["regex"] = true;
            matcher["queryParameters"] = new JsonArray(query);
        }

        if (Chance(15)) matcher["methods"] = new JsonArray(Pick("GET", "POST"), "DELETE");
        return matcher;
    }

    private string PlainPath()
    {
        var segments = Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(Segments)).ToArray();
        return "/" + string.Join('/', segments) + (segments.Length > 0 && Chance(30) ? "/" : "");
    }

    private string Host()
    {
        var host = Chance(85) ? Pick([.. _domains]) : Pick("a.example", "nobody.test", "x.test", "z-b.example");
        host = host.Replace("*", Pick("z", "y.z", "example", "a"), StringComparison.Ordinal);
        if (Chance(20)) host = Flip(host);
        if (Chance(20) && !host.Contains(':', StringComparison.Ordinal)) host += Pick(":80", ":8080", ":443");
        return host;
    }

    private string Path()
    {
        var path = Chance(80) && _paths.Count > 0 ? Pick([.. _paths]) : PlainPath();
        if (Chance(40)) path = path.TrimEnd('/') + PlainPath();
        for (var count = _random.Next(3); count > 0; count--) path = Mutate(path);
        return path;
    }

    private string Mutate(string path)
    {
        var at = path.LastIndexOf('/');
        return _random.Next(12) switch
        {
            0 => path + "/",
            1 => path.Length > 1 ? path.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/" : path,
            2 => path.Insert(at, "/"),
            3 => path.Insert(at, "/."),
            4 => path.Insert(at, Pick("/b/..", "/..", "/%2e%2E", "/.%2e", "/..;p", "/.;p=/b")),
            5 => path.Replace("a", Pick("%61", "%41"), StringComparison.Ordinal),
            6 => path + Pick("%2F", "%2fb", "%5Cb", "\\b"),
            7 => path + Pick("%7e", "%20", "%C3%A4", ";p=1", "%25", "+", "@", "'", "%3f"),
            8 => Flip(path),
            9 => path + Pick("a", "b", "."),
            10 => path + Pick("/..", "/.", "/../"),
            _ => path,
        };
    }

    private string Query() => Chance(50)
        ? ""
        : Pick("?q=1", "?q=2&q=1", "?Q=1", "?q", "?q=", "?q=%31", "?", "?x=/a/../b&q=1", "?q=1?q=2", "?q=12&",
            "?q=1#f");

    private string Flip(string text) =>
        string.Concat(text.Select(c => !Chance(40) ? c : char.IsLower(c) ? char.ToUpperInvariant(c) : Lower(c)));

    private static char Lower(char c) => char.IsUpper(c) ? (char)(c + 32) : c;

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(params T[] items) => items[_random.Next(items.Length)];
}
