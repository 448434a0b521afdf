using Stagedoor.Translation.Validation;
using Hcm = Envoy.Extensions.Filters.Network.HttpConnectionManager.V3.HttpConnectionManager;

namespace Stagedoor.Translation.Envoy;

/// <summary>The HTTP connection manager of a filter chain (envoy-translation 3.1).</summary>
internal static class ConnectionManager
{
    /// <summary>The network filter with its defaults, behind those that stand before it.</summary>
    public static IEnumerable<EnvoyListener.Filter> Of(ListenerScope listener, FilterChainScope chain, string routes)
    {
        var http = chain.Input;
        var manager = new Hcm
        {
            CodecType = Hcm.Types.CodecType.Auto,
            StatPrefix = http.StatPrefix.Length > 0 ? http.StatPrefix : "http",
            NormalizePath = true,
            Rds = new EnvoyHcm.Rds
            {
                ConfigSource = new EnvoyCore.ConfigSource
                {
                    Ads = new EnvoyCore.AggregatedConfigSource(),
                    ResourceApiVersion = EnvoyCore.ApiVersion.V3,
                },
                RouteConfigName = routes,
            },
        };
        manager.HttpFilters.AddRange(HttpFilters.Of(chain));
        manager.UpgradeConfigs.Add(new Hcm.Types.UpgradeConfig { UpgradeType = "websocket" });
        ConnectionManagerSettings.Apply(http.Options, manager, chain.View, listener.Problems);
        manager.AccessLog.AddRange(AccessLogs.Of(
            listener, listener.Input.Options?.AccessLoggingService, "accessLoggingService"));
        Tracing.Apply(listener, http.Options?.HttpConnectionManagerSettings?.Tracing, manager);
        return chain.Network.Ordered()
            .Append((Name: "envoy.filters.network.http_connection_manager", Config: AnyTypes.Pack(manager)))
            .Select(filter => new EnvoyListener.Filter { Name = filter.Name, TypedConfig = filter.Config });
    }
}
