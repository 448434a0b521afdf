using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>
/// Routes of both kinds as HTTPRoutes: a call is a POST of <c>/service/method</c>, the rest is the same (GEP-1016).
/// </summary>
internal static class Specs
{
    private static readonly ConditionalWeakTable<GrpcRoute, HttpRouteSpec> Known = [];

    /// <summary>What a route asks for.</summary>
    public static HttpRouteSpec Of(Resource route) => route.Body switch
    {
        HttpRoute http => http.Spec,
        GrpcRoute grpc => Known.GetValue(grpc, static key => Convert(key.Spec)),
        _ => throw new InvalidOperationException($"{route.Key.Kind} is no HTTP route"),
    };

    private static HttpRouteSpec Convert(GrpcRouteSpec spec) => new()
    {
        ParentRefs = spec.ParentRefs,
        Hostnames = spec.Hostnames,
        Rules = [.. spec.Rules.Select(rule => new HttpRouteRule
        {
            Name = rule.Name,
            Matches = rule.Matches.IsEmpty ? [new HttpRouteMatch()] : [.. rule.Matches.Select(Convert)],
            Filters = [.. rule.Filters.Select(Convert)],
            BackendRefs = [.. rule.BackendRefs.Select(Convert)],
            SessionPersistence = rule.SessionPersistence,
        })],
    };

    private static HttpRouteMatch Convert(GrpcRouteMatch match) => new()
    {
        Path = PathOf(match.Method),
        Headers = [.. match.Headers.Select(header => new HttpHeaderMatch
        {
            Type = header.Type,
            Name = header.Name,
            Value = header.Value,
        })],
    };

    private static HttpPathMatch PathOf(GrpcMethodMatch? method)
    {
        if (string.IsNullOrEmpty(method?.Service) && string.IsNullOrEmpty(method?.Method)) return new HttpPathMatch();
        var isExact = method.Type == "Exact";
        if (isExact && !string.IsNullOrEmpty(method.Service))
        {
            return string.IsNullOrEmpty(method.Method)
                ? new HttpPathMatch { Type = "PathPrefix", Value = $"/{method.Service}" }
                : new HttpPathMatch { Type = "Exact", Value = $"/{method.Service}/{method.Method}" };
        }

        return new HttpPathMatch
        {
            Type = "RegularExpression",
            Value = $"/{Part(method.Service)}/{Part(method.Method)}",
        };

        string Part(string? name) =>
            string.IsNullOrEmpty(name) ? "[^/]+" : isExact ? Regex.Escape(name) : $"(?:{name})";
    }

    private static HttpRouteFilter Convert(GrpcRouteFilter filter) => new()
    {
        Type = filter.Type,
        RequestHeaderModifier = filter.RequestHeaderModifier,
        ResponseHeaderModifier = filter.ResponseHeaderModifier,
        RequestMirror = filter.RequestMirror,
        ExtensionRef = filter.ExtensionRef,
    };

    private static HttpBackendRef Convert(GrpcBackendRef backend) => new()
    {
        Group = backend.Group,
        Kind = backend.Kind,
        Name = backend.Name,
        Namespace = backend.Namespace,
        Port = backend.Port,
        Weight = backend.Weight,
        Filters = [.. backend.Filters.Select(Convert)],
    };
}
