using System.Collections.Immutable;
using ClusterCase = Envoy.Config.Route.V3.RouteAction.ClusterSpecifierOneofCase;
using Hcm = Envoy.Extensions.Filters.Network.HttpConnectionManager.V3.HttpConnectionManager;
using Tls = Envoy.Config.Route.V3.VirtualHost.Types.TlsRequirementType;
using Weight = Envoy.Config.Route.V3.WeightedCluster.Types.ClusterWeight;

namespace Stagedoor.Translation.RouteCheck;

/// <summary>
/// What Envoy does with a request, by its documented rules, read off the configuration that it gets. Pure. Checked
/// against Envoy itself by a property test.
/// </summary>
public static class RouteEvaluator
{
    /// <summary>Evaluates a request that a connection manager received.</summary>
    /// <param name="manager">The connection manager.</param>
    /// <param name="routes">Its route configuration.</param>
    /// <param name="request">The request.</param>
    public static RouteOutcome Evaluate(Hcm manager, EnvoyRoute.RouteConfiguration routes, RouteRequest request)
    {
        ArgumentNullException.ThrowIfNull(manager);
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(request);
        if (PathNormalizer.Normalize(request.Path, manager, out var redirect) is not { } path)
            return new RouteOutcome(RouteOutcomeKind.BadRequest) { Status = 400 };
        if (redirect)
        {
            return new RouteOutcome(RouteOutcomeKind.Redirect) { Status = 307, Location = path, Path = path };
        }

        var name = HostName(manager, request);
        var headers = new RequestHeaders(request, name, path);
        if (DomainSearch.Find(routes, name) is not { } found) return NotFound(path);
        var (host, domain) = found;
        if (host.RequireTls is Tls.All or Tls.ExternalOnly && request.Scheme == "http")
        {
            return new RouteOutcome(RouteOutcomeKind.Redirect)
            {
                VirtualHost = host.Name,
                Domain = domain,
                Status = 301,
                Location = $"https://{name}{path}",
                Path = path,
            };
        }

        var unknown = new List<string>();
        for (var i = 0; i < host.Routes.Count; i++)
        {
            var route = host.Routes[i];
            if (RouteMatching.Matches(route.Match, headers) is not { } matches)
            {
                unknown.Add($"whether route {route.Name} takes the request");
                continue;
            }

            if (!matches) continue;
            var outcome = Act(routes, host, route, request.Scheme, headers, unknown);
            return outcome with { VirtualHost = host.Name, Domain = domain, Route = route.Name, RouteIndex = i };
        }

        return NotFound(path) with { VirtualHost = host.Name, Domain = domain, Unknown = [.. unknown] };
    }

    private static RouteOutcome NotFound(string path) => new(RouteOutcomeKind.NotFound) { Status = 404, Path = path };

    private static string HostName(Hcm manager, RouteRequest request)
    {
        var host = request.Host;
        if (manager.StripTrailingHostDot && host.EndsWith('.')) host = host[..^1];
        var colon = host.LastIndexOf(':');
        if (!manager.StripAnyHostPort || colon < 0 || host.EndsWith(']')) return host;
        return host[(colon + 1)..].All(char.IsAsciiDigit) && colon + 1 < host.Length ? host[..colon] : host;
    }

    private static RouteOutcome Act(
        EnvoyRoute.RouteConfiguration routes, EnvoyRoute.VirtualHost host, EnvoyRoute.Route route, string scheme,
        RequestHeaders headers, List<string> unknown)
    {
        var path = headers[":path"]!;
        var common = new RouteOutcome(RouteOutcomeKind.DirectResponse)
        {
            Path = path,
            ResponseHeaders = HeaderMutations.OfResponse(routes, host, route, null),
            FilterOverrides =
            [
                .. host.TypedPerFilterConfig.Keys.Concat(route.TypedPerFilterConfig.Keys).Distinct()
                    .Order(StringComparer.Ordinal),
            ],
        };
        return route.ActionCase switch
        {
            EnvoyRoute.Route.ActionOneofCase.DirectResponse => common with
            {
                Status = (int)route.DirectResponse.Status,
                Body = route.DirectResponse.Body?.InlineString ?? "",
                Unknown = [.. unknown],
            },
            EnvoyRoute.Route.ActionOneofCase.Redirect => Redirect(route, scheme, headers, common, unknown),
            EnvoyRoute.Route.ActionOneofCase.Route_ => Forward(routes, host, route, headers, common, unknown),
            _ => common with { Unknown = [.. unknown, $"what route {route.Name} does"] },
        };
    }

    private static RouteOutcome Redirect(
        EnvoyRoute.Route route, string scheme, RequestHeaders headers, RouteOutcome common, List<string> unknown)
    {
        var redirect = route.Redirect;
        var path = headers[":path"]!;
        if (redirect.PrefixRewrite.Length > 0) path = PathRewrites.Prefix(route.Match, path, redirect.PrefixRewrite);
        if (redirect.RegexRewrite is { } regex) path = Known(PathRewrites.Regex(regex, path), path, unknown);
        return common with
        {
            Kind = RouteOutcomeKind.Redirect,
            Status = redirect.ResponseCode switch
            {
                EnvoyRoute.RedirectAction.Types.RedirectResponseCode.Found => 302,
                EnvoyRoute.RedirectAction.Types.RedirectResponseCode.SeeOther => 303,
                EnvoyRoute.RedirectAction.Types.RedirectResponseCode.TemporaryRedirect => 307,
                EnvoyRoute.RedirectAction.Types.RedirectResponseCode.PermanentRedirect => 308,
                _ => 301,
            },
            Location = PathRewrites.Location(redirect, scheme, headers[":authority"]!, path),
            Path = path,
            Unknown = [.. unknown],
        };
    }

    private static RouteOutcome Forward(
        EnvoyRoute.RouteConfiguration routes, EnvoyRoute.VirtualHost host, EnvoyRoute.Route route,
        RequestHeaders headers, RouteOutcome common, List<string> unknown)
    {
        var action = route.Route_;
        var path = headers[":path"]!;
        var rewritten = path;
        if (action.PrefixRewrite.Length > 0) rewritten = PathRewrites.Prefix(route.Match, path, action.PrefixRewrite);
        if (action.RegexRewrite is { } regex) rewritten = Known(PathRewrites.Regex(regex, path), path, unknown);
        var targets = ImmutableArray.CreateBuilder<RouteTarget>();
        foreach (var (cluster, weight, entry) in Clusters(action, headers, unknown))
        {
            var sent = headers.Copy();
            foreach (var level in HeaderMutations.OfRequest(routes, host, route, entry)) level.Apply(sent, unknown);
            if (action.PrefixRewrite.Length > 0 || action.RegexRewrite is not null)
                sent.Set("x-envoy-original-path", path);
            targets.Add(new RouteTarget(cluster, weight)
            {
                Host = HostOf(action, entry, sent, path, unknown),
                RequestHeaders = sent.All.GroupBy(header => header.Key, StringComparer.Ordinal)
                    .ToImmutableSortedDictionary(
                        group => group.Key, group => group.Select(header => header.Value).ToImmutableArray(),
                        StringComparer.Ordinal),
            });
        }

        return common with
        {
            Kind = RouteOutcomeKind.Cluster,
            Path = rewritten,
            Targets = targets.ToImmutable(),
            TotalWeight = Math.Max(1, (uint)targets.Sum(target => target.Weight)),
            Unknown = [.. unknown],
        };
    }

    private static IEnumerable<(string Cluster, uint Weight, Weight? Entry)> Clusters(
        EnvoyRoute.RouteAction action, RequestHeaders headers, List<string> unknown)
    {
        switch (action.ClusterSpecifierCase)
        {
            case ClusterCase.Cluster:
                return [(action.Cluster, 1, null)];
            case ClusterCase.WeightedClusters:
                return action.WeightedClusters.Clusters
                    .Where(entry => entry.Weight is > 0)
                    .Select(entry => (entry.Name, entry.Weight ?? 0, (Weight?)entry));
            case ClusterCase.ClusterHeader:
                return headers[action.ClusterHeader] is { } named ? [(named, 1, null)] : [];
            default:
                unknown.Add("which cluster a plugin names");
                return [];
        }
    }

    private static string? HostOf(
        EnvoyRoute.RouteAction action, Weight? entry, RequestHeaders headers, string path, List<string> unknown)
    {
        var host = headers[":authority"]!;
        if (action.HostRewriteLiteral.Length > 0) return action.HostRewriteLiteral;
        if (action.HostRewriteHeader.Length > 0)
            return headers.Values(action.HostRewriteHeader).FirstOrDefault() is { Length: > 0 } named ? named : host;
        if (action.HostRewritePathRegex is { } regex)
        {
            return Known(
                Re2Regex.ReplaceAll(
                    regex.Pattern.Regex, RouteMatching.WithoutQuery(path), regex.Substitution), host, unknown);
        }

        if (action.AutoHostRewrite == true) return null;
        return entry is { HostRewriteLiteral.Length: > 0 } ? entry.HostRewriteLiteral : host;
    }

    private static string Known(string? value, string otherwise, List<string> unknown)
    {
        if (value is null) unknown.Add("a rewrite by a regular expression");
        return value ?? otherwise;
    }
}
