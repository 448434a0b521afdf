using System.Collections.Immutable;
using Solo.Gloo;
using Stagedoor.Api;
using Edge = Solo.Gateway;

namespace Stagedoor.Translation.Gateway;

/// <summary>Makes a listener of a Gateway's parts (gateway-translation 1.5 and 1.6).</summary>
internal static class ListenerAssembly
{
    private const string Unpopulated = "hybrid gateway has no populated matched gateways";

    /// <summary>
    /// The listener, or null if there is nothing to listen for, and what is to be said of the Gateway.
    /// </summary>
    public static (Listener? Listener, ImmutableArray<Diagnostic> Remarks) Assemble(
        GatewayUnit unit, UpdateRound round)
    {
        var remarks = ImmutableArray.CreateBuilder<Diagnostic>();
        var listener = unit.Shape switch
        {
            ListenerShape.Http => Http(unit, round),
            ListenerShape.Tcp => Tcp(unit),
            ListenerShape.Hybrid or ListenerShape.HybridDelegated => Hybrid(unit, round, remarks),
            ListenerShape.Aggregate or ListenerShape.AggregateHybrid or ListenerShape.AggregateDelegated =>
                Aggregate(unit, round, remarks),
            _ => null,
        };
        return (listener, remarks.ToImmutable());
    }

    private static Listener? Http(GatewayUnit unit, UpdateRound round)
    {
        if (!round.HasVirtualServices) return null;
        var part = unit.Parts[0];
        var listener = Skeleton(unit.Gateway);
        listener.HttpListener = HttpListener(part);
        if (unit.Gateway.As<Edge.Gateway>().Ssl) listener.SslConfigurations.AddRange(SslConfigs(part));
        return listener;
    }

    private static Listener Tcp(GatewayUnit unit)
    {
        var listener = Skeleton(unit.Gateway);
        listener.TcpListener = unit.Parts[0].Tcp;
        return listener;
    }

    private static Listener? Hybrid(
        GatewayUnit unit, UpdateRound round, ImmutableArray<Diagnostic>.Builder remarks)
    {
        var hybrid = new HybridListener();
        var seen = new HashSet<Matcher>();
        foreach (var part in unit.Parts)
        {
            if (part.Tcp is { } tcp)
            {
                hybrid.MatchedListeners.Add(new MatchedListener { Matcher = part.Matcher, TcpListener = tcp });
                continue;
            }

            if (!round.HasVirtualServices) continue;
            if (!seen.Add(part.Matcher!))
            {
                remarks.Add(Duplicate(unit, part));
                continue;
            }

            var matched = new MatchedListener { Matcher = part.Matcher, HttpListener = HttpListener(part) };
            if (part.Matcher!.SslConfig is not null) matched.SslConfigurations.AddRange(SslConfigs(part));
            hybrid.MatchedListeners.Add(matched);
        }

        if (hybrid.MatchedListeners.Count == 0) return Nothing(unit, unit.Shape == ListenerShape.Hybrid, remarks);
        var listener = Skeleton(unit.Gateway);
        listener.HybridListener = hybrid;
        return listener;
    }

    private static Listener? Aggregate(
        GatewayUnit unit, UpdateRound round, ImmutableArray<Diagnostic>.Builder remarks)
    {
        var isHttp = unit.Shape == ListenerShape.Aggregate;
        if (!round.HasVirtualServices && !MayBeWithoutVirtualServices(unit)) return null;
        var assembly = new AggregateAssembly();
        foreach (var part in unit.Parts)
        {
            if (part.Tcp is { } tcp) assembly.AddTcp(part.Matcher, tcp);
            else if (!assembly.AddHttp(part)) remarks.Add(Duplicate(unit, part));
        }

        if (!isHttp && assembly.IsEmpty)
            return Nothing(unit, unit.Shape == ListenerShape.AggregateHybrid, remarks);
        var listener = Skeleton(unit.Gateway);
        listener.AggregateListener = assembly.Result;
        return listener;
    }

    private static bool MayBeWithoutVirtualServices(GatewayUnit unit) => unit.Shape switch
    {
        ListenerShape.AggregateDelegated => true,
        ListenerShape.AggregateHybrid => unit.Parts.Any(part => part.Tcp is not null),
        _ => false,
    };

    private static Listener? Nothing(GatewayUnit unit, bool inline, ImmutableArray<Diagnostic>.Builder remarks)
    {
        remarks.Add(inline
            ? Remark.Error(unit.Gateway, GatewayCodes.HybridEmpty, "spec.hybridGateway", Unpopulated)
            : Remark.Warning(unit.Gateway, GatewayCodes.HybridSelectsNothing, "spec.hybridGateway", Unpopulated));
        return null;
    }

    private static Diagnostic Duplicate(GatewayUnit unit, SubGateway part) => Remark.Error(
        unit.Gateway, GatewayCodes.DuplicateMatcher, part.Field,
        "an earlier matched gateway has the same matcher; this one is left out");

    private static HttpListener HttpListener(SubGateway part)
    {
        var listener = new HttpListener { Options = part.Options };
        foreach (var group in part.Set!.Groups) listener.VirtualHosts.AddRange(group.Hosts());
        return listener;
    }

    /// <summary>Those of the VirtualServices that are served, in snapshot order.</summary>
    private static IEnumerable<SslConfig> SslConfigs(SubGateway part) =>
        from @group in part.Set!.Groups
        from member in @group.Members
        where member.Host is not null && member.Piece.Ssl is not null
        select member.Piece.Ssl;

    private static Listener Skeleton(Resource resource)
    {
        var gateway = resource.As<Edge.Gateway>();
#pragma warning disable CS0612 // Deprecated, and still in users' files.
        return new Listener
        {
            Name = NameOf(gateway),
            BindAddress = gateway.BindAddress,
            BindPort = gateway.BindPort,
            Options = gateway.Options,
            UseProxyProto = gateway.UseProxyProto,
            RouteOptions = gateway.RouteOptions,
            MetadataStatic = SourceRefs.MetadataOf(resource),
        };
#pragma warning restore CS0612
    }

    /// <summary>The name of a Gateway's listener (gateway-translation 3.2).</summary>
    private static string NameOf(Edge.Gateway gateway) => $"listener-{gateway.BindAddress}-{gateway.BindPort}";
}
