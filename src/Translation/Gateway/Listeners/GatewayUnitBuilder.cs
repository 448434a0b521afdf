using System.Collections.Immutable;
using Solo.Gloo;
using Stagedoor.Api;
using Edge = Solo.Gateway;

namespace Stagedoor.Translation.Gateway;

/// <summary>Takes a Gateway apart (gateway-translation 1.4 to 1.6).</summary>
internal static class GatewayUnitBuilder
{
    private const string IsolateAnnotation = "gateway.solo.io/isolate_vhost";

    /// <summary>The unit of a Gateway.</summary>
    public static GatewayUnit Build(Resource resource, EdgeSettings settings, GatewayInputs inputs)
    {
        var gateway = resource.As<Edge.Gateway>();
        var isolate = Isolates(resource, settings);
        return gateway.GatewayTypeCase switch
        {
            Edge.Gateway.GatewayTypeOneofCase.HttpGateway => Http(resource, gateway, isolate),
            Edge.Gateway.GatewayTypeOneofCase.TcpGateway =>
                new GatewayUnit(resource, ListenerShape.Tcp)
                {
                    Parts = [Tcp(null, gateway.TcpGateway, "spec.tcpGateway")],
                },
            Edge.Gateway.GatewayTypeOneofCase.HybridGateway when gateway.HybridGateway.MatchedGateways.Count > 0 =>
                Inline(resource, gateway.HybridGateway, isolate),
            Edge.Gateway.GatewayTypeOneofCase.HybridGateway =>
                DelegatedUnitBuilder.Build(resource, gateway.HybridGateway, isolate, inputs),
            _ => new GatewayUnit(resource, ListenerShape.None)
            {
                Fixed = [Remark.Error(resource, GatewayCodes.NoGatewayType, "spec",
                    "invalid gateway: gateway must contain a gatewayType: httpGateway, tcpGateway or hybridGateway")],
            },
        };
    }

    /// <summary>A part that serves VirtualServices; a wrong expression is reported on the Gateway.</summary>
    public static SubGateway HttpPart(
        Resource gateway, Edge.HttpGateway http, Matcher? matcher, string field, bool ssl, bool isolate,
        ImmutableArray<Diagnostic>.Builder errors)
    {
        var set = new VirtualServiceSet(http, ssl, gateway.Key.Name, isolate);
        if (set.Selector.Error is { } error)
        {
            errors.Add(Remark.Error(
                gateway, GatewayCodes.BadExpression, $"{field}.virtualServiceExpressions",
                $"invalid selector expression, so that no virtual service is selected: {error}"));
        }

        return new SubGateway(matcher, field) { Set = set, Options = http.Options };
    }

    /// <summary>A part that serves TCP hosts.</summary>
    public static SubGateway Tcp(Matcher? matcher, Edge.TcpGateway tcp, string field)
    {
        var listener = new TcpListener { Options = tcp.Options };
        listener.TcpHosts.AddRange(tcp.TcpHosts);
        return new SubGateway(matcher, field) { Tcp = listener };
    }

    private static GatewayUnit Http(Resource resource, Edge.Gateway gateway, bool isolate)
    {
        var errors = ImmutableArray.CreateBuilder<Diagnostic>();
        var part = HttpPart(resource, gateway.HttpGateway, null, "spec.httpGateway", gateway.Ssl, isolate, errors);
        return new GatewayUnit(resource, isolate ? ListenerShape.Aggregate : ListenerShape.Http)
        {
            Parts = [part],
            Fixed = errors.ToImmutable(),
        };
    }

    private static GatewayUnit Inline(Resource resource, Edge.HybridGateway hybrid, bool isolate)
    {
        var errors = ImmutableArray.CreateBuilder<Diagnostic>();
        var parts = ImmutableArray.CreateBuilder<SubGateway>();
        for (var i = 0; i < hybrid.MatchedGateways.Count; i++)
        {
            var matched = hybrid.MatchedGateways[i];
            var field = $"spec.hybridGateway.matchedGateways[{i}]";
            var matcher = new Matcher { SslConfig = matched.Matcher?.SslConfig };
            matcher.SourcePrefixRanges.AddRange(matched.Matcher?.SourcePrefixRanges ?? []);
            if (matched.TcpGateway is { } tcp)
            {
                matcher.PassthroughCipherSuites.AddRange(matched.Matcher?.PassthroughCipherSuites ?? []);
                var part = Tcp(matcher, tcp, $"{field}.tcpGateway");
                parts.Add(isolate ? part : SniCheck.Apply(resource, part, errors));
            }
            else if (matched.HttpGateway is { } http)
            {
                parts.Add(HttpPart(
                    resource, http, matcher, $"{field}.httpGateway", matcher.SslConfig is not null, isolate, errors));
            }
        }

        return new GatewayUnit(resource, isolate ? ListenerShape.AggregateHybrid : ListenerShape.Hybrid)
        {
            Parts = parts.ToImmutable(),
            Fixed = errors.ToImmutable(),
        };
    }

    /// <summary>The annotation, if it is a boolean as Go reads it, else the setting.</summary>
    private static bool Isolates(Resource gateway, EdgeSettings settings)
    {
        if (!gateway.Metadata.Annotations.TryGetValue(IsolateAnnotation, out var text)) return settings.Isolate;
        return text switch
        {
            "1" or "t" or "T" or "TRUE" or "true" or "True" => true,
            "0" or "f" or "F" or "FALSE" or "false" or "False" => false,
            _ => settings.Isolate,
        };
    }
}
