using System.Collections.Frozen;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>stats.virtualClusters</c> of virtual hosts: statistics of requests by path (envoy-translation 8).
/// </summary>
internal sealed class VirtualClusters : HttpFeature
{
    private static readonly FrozenSet<string> Methods = new[]
    {
        "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
    }.ToFrozenSet(StringComparer.Ordinal);

    public override string VirtualHostFields => "stats";

    public override void OnVirtualHost(VirtualHostScope host)
    {
        if (host.Options.Stats is not { } stats) return;
        var limit = RegexLimit.Of(host.View.Settings);
        foreach (var input in stats.VirtualClusters)
        {
            if (input.Name.Length == 0) host.Error("stats: a virtual cluster needs a name");
            if (input.Pattern.Length == 0) host.Error("stats: a virtual cluster needs a pattern");
            var output = new EnvoyRoute.VirtualCluster
            {
                Name = input.Name.Replace('.', '_'),
                Headers =
                {
                    new EnvoyRoute.HeaderMatcher
                    {
                        Name = ":path",
                        SafeRegexMatch = RouteMatchers.Regex(input.Pattern, limit, host.Problems),
                    },
                },
            };
            if (input.Method.Length > 0)
            {
                var method = input.Method.ToUpperInvariant();
                if (!Methods.Contains(method)) host.Error($"stats: '{input.Method}' is not a method");
                output.Headers.Add(new EnvoyRoute.HeaderMatcher { Name = ":method", ExactMatch = method });
            }

            host.Output.VirtualClusters.Add(output);
        }
    }
}
