using System.Collections.Immutable;
using Solo.Gloo;
using Stagedoor.Api;
using Edge = Solo.Gateway;

namespace Stagedoor.Translation.Gateway;

/// <summary>A hybrid Gateway that takes its parts from matchable gateways (gateway-translation 1.5).</summary>
internal static class DelegatedUnitBuilder
{
    /// <summary>The unit: HTTP parts first, each kind in snapshot order.</summary>
    public static GatewayUnit Build(Resource resource, Edge.HybridGateway hybrid, bool isolate, GatewayInputs inputs)
    {
        // A hybrid Gateway with nothing in it is no error: it just does not listen.
        if (hybrid.DelegatedHttpGateways is null && hybrid.DelegatedTcpGateways is null)
            return new GatewayUnit(resource, ListenerShape.None);
        var errors = ImmutableArray.CreateBuilder<Diagnostic>();
        var parts = ImmutableArray.CreateBuilder<SubGateway>();
        if (hybrid.DelegatedHttpGateways is { } http)
        {
            var selection = MatchableSelection.Of(http);
            AddError(resource, selection, "spec.hybridGateway.delegatedHttpGateways", errors);
            foreach (var matchable in inputs.MatchableHttpGateways.Items)
            {
                var ssl = matchable.As<Edge.MatchableHttpGateway>().Matcher?.SslConfig;
                if (ssl is null == http.SslConfig is null && selection.Selects(matchable))
                    parts.Add(Http(resource, http, matchable, isolate, errors));
            }
        }

        if (hybrid.DelegatedTcpGateways is { } tcp)
        {
            var selection = MatchableSelection.Of(tcp);
            AddError(resource, selection, "spec.hybridGateway.delegatedTcpGateways", errors);
            foreach (var matchable in inputs.MatchableTcpGateways.Items)
            {
                if (selection.Selects(matchable))
                    parts.Add(Tcp(resource, matchable, errors));
            }
        }

        return new GatewayUnit(resource, isolate ? ListenerShape.AggregateDelegated : ListenerShape.HybridDelegated)
        {
            IsDelegated = true,
            Parts = parts.ToImmutable(),
            Fixed = errors.ToImmutable(),
        };
    }

    private static SubGateway Http(
        Resource gateway, Edge.DelegatedHttpGateway parent, Resource matchable, bool isolate,
        ImmutableArray<Diagnostic>.Builder errors)
    {
        var child = matchable.As<Edge.MatchableHttpGateway>();
        var matcher = new Matcher();
        matcher.SourcePrefixRanges.AddRange(child.Matcher?.SourcePrefixRanges ?? []);
        if (child.Matcher?.SslConfig is { } ssl)
            matcher.SslConfig = DeepMerge.Of(ssl, parent.SslConfig, parent.PreventChildOverrides);
        var http = child.HttpGateway ?? new Edge.HttpGateway();
        var part = GatewayUnitBuilder.HttpPart(
            gateway, http, matcher, NameOf(matchable), matcher.SslConfig is not null, isolate, errors);
        var manager = DeepMerge.Of(
            http.Options?.HttpConnectionManagerSettings, parent.HttpConnectionManagerSettings,
            parent.PreventChildOverrides);
        if (manager is null) return part;
        var options = http.Options is null ? new HttpListenerOptions() : ShallowMerge.ShallowCopy(http.Options);
        options.HttpConnectionManagerSettings = manager;
        return part with { Options = options };
    }

    private static SubGateway Tcp(
        Resource gateway, Resource matchable, ImmutableArray<Diagnostic>.Builder errors)
    {
        var child = matchable.As<Edge.MatchableTcpGateway>();
        var matcher = new Matcher { SslConfig = child.Matcher?.SslConfig };
        matcher.SourcePrefixRanges.AddRange(child.Matcher?.SourcePrefixRanges ?? []);
        matcher.PassthroughCipherSuites.AddRange(child.Matcher?.PassthroughCipherSuites ?? []);
        var part = GatewayUnitBuilder.Tcp(matcher, child.TcpGateway ?? new Edge.TcpGateway(), NameOf(matchable));
        return SniCheck.Apply(gateway, part, errors);
    }

    /// <summary>Stands for the field in what is said of the Gateway: matchable gateways have no reports.</summary>
    private static string NameOf(Resource matchable) =>
        $"{matchable.Key.Kind} {matchable.Key.Namespace}.{matchable.Key.Name}";

    private static void AddError(
        Resource gateway, MatchableSelection selection, string field, ImmutableArray<Diagnostic>.Builder errors)
    {
        if (selection.Error is not { } error) return;
        errors.Add(Remark.Error(
            gateway, GatewayCodes.BadExpression, field,
            $"invalid selector expression, so that no gateway is selected: {error}"));
    }
}
