using Envoy.Extensions.Filters.Listener.ProxyProtocol.V3;
using Stagedoor.Translation.Validation;
using Balance = Envoy.Config.Listener.V3.Listener.Types.ConnectionBalanceConfig;
using GlooSocketOption = Solo.Envoy.Api.V2.Core.SocketOption;
using RawBuffer = Envoy.Extensions.TransportSockets.RawBuffer.V3.RawBuffer;
using TcpStats = Envoy.Extensions.TransportSockets.TcpStats.V3.Config;

namespace Stagedoor.Translation.Envoy;

/// <summary>The options of a listener as a whole (envoy-translation 2.1).</summary>
internal static class ListenerOptions
{
    private const string Handled = """
        accessLoggingService perConnectionBufferLimitBytes socketOptions proxyProtocol connectionBalanceConfig
        listenerAccessLoggingService tcpStats
        """;

    /// <summary>Everything but listener filters and what wraps the sockets of filter chains.</summary>
    public static void Apply(ListenerScope listener)
    {
        if (listener.Input.Options is not { } options) return;
        var output = listener.Output;
        OptionGuard.Check(options, Handled, listener.Problems);
        if (options.PerConnectionBufferLimitBytes is { } limit and > 0) output.PerConnectionBufferLimitBytes = limit;
        foreach (var option in options.SocketOptions) output.SocketOptions.Add(SocketOption(option));
        output.AccessLog.AddRange(AccessLogs.Of(
            listener, options.ListenerAccessLoggingService, "listenerAccessLoggingService"));
        if (options.ConnectionBalanceConfig is not { } balance) return;
        if (balance.ExactBalance is null)
        {
            listener.Problems.Add(Problem.Error(
                EnvoyCodes.InvalidOption, "connection balancer does not specify balancer type"));
        }
        else
        {
            output.ConnectionBalanceConfig = new Balance { ExactBalance = new Balance.Types.ExactBalance() };
        }
    }

    /// <summary>Statistics of TCP on the sockets of all chains.</summary>
    public static void WrapSockets(ListenerScope listener)
    {
        if (listener.Input.Options?.TcpStats != true) return;
        foreach (var chain in listener.Output.FilterChains)
        {
            chain.TransportSocket = new EnvoyCore.TransportSocket
            {
                Name = "envoy.transport_sockets.tcp_stats",
                TypedConfig = AnyTypes.Pack(new TcpStats
                {
                    TransportSocket = chain.TransportSocket ?? new EnvoyCore.TransportSocket
                    {
                        Name = "envoy.transport_sockets.raw_buffer",
                        TypedConfig = AnyTypes.Pack(new RawBuffer()),
                    },
                }),
            };
        }
    }

    /// <summary>The PROXY protocol of clients; null if the listener does not expect it.</summary>
    public static EnvoyListener.ListenerFilter? ProxyProtocol(ListenerScope listener)
    {
        var options = listener.Input.Options?.ProxyProtocol;
        if (options is null && listener.Input.UseProxyProto != true) return null;
        var output = new ProxyProtocol();
        foreach (var rule in options?.Rules ?? [])
        {
            if (rule.TlvType > 255) listener.Error("proxyProtocol.rules.tlvType must be at most 255");
            if (rule.OnTlvPresent is not { Key.Length: > 0 })
                listener.Error("proxyProtocol.rules.onTlvPresent needs a key");
            output.Rules.Add(new ProxyProtocol.Types.Rule
            {
                TlvType = rule.TlvType,
                OnTlvPresent = rule.OnTlvPresent is { } pair
                    ? new ProxyProtocol.Types.KeyValuePair
                    {
                        MetadataNamespace = pair.MetadataNamespace,
                        Key = pair.Key,
                    }
                    : null,
            });
        }

        output.AllowRequestsWithoutProxyProtocol = options?.AllowRequestsWithoutProxyProtocol ?? false;
        return new EnvoyListener.ListenerFilter
        {
            Name = "envoy.filters.listener.proxy_protocol",
            TypedConfig = AnyTypes.Pack(output),
        };
    }

    private static EnvoyCore.SocketOption SocketOption(GlooSocketOption input)
    {
        var output = new EnvoyCore.SocketOption
        {
            Description = input.Description,
            Level = input.Level,
            Name = input.Name,
            State = (EnvoyCore.SocketOption.Types.SocketState)(int)input.State,
        };
        if (input.ValueCase == GlooSocketOption.ValueOneofCase.BufValue) output.BufValue = input.BufValue;
        else output.IntValue = input.IntValue;
        return output;
    }
}
