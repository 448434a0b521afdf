using System.Globalization;
using Stagedoor.Xds.Acceptance.Serving;

namespace Stagedoor.Xds.Acceptance.Envoys;

/// <summary>Bootstraps with the settings of <c>stagedoor bootstrap</c>, and a name server of the test's own.</summary>
internal static class Bootstrap
{
    public static string Of(string variant, string node, int xdsPort, int restPort, int dnsPort)
    {
        var dynamic = variant switch
        {
            Variants.Sotw or Variants.Delta => Aggregated,
            Variants.Rest => Rest,
            _ => PerType,
        };
        var api = variant is Variants.Delta or Variants.DeltaPerType ? "DELTA_GRPC" : "GRPC";
        return (Common + dynamic)
            .Replace("@API@", api, StringComparison.Ordinal)
            .Replace("@NODE@", node, StringComparison.Ordinal)
            .Replace("@ROLE@", World.Proxy, StringComparison.Ordinal)
            .Replace("@XDS@", Text(xdsPort), StringComparison.Ordinal)
            .Replace("@REST@", Text(restPort), StringComparison.Ordinal)
            .Replace("@DNS@", Text(dnsPort), StringComparison.Ordinal);
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private const string Common = """
        node: {id: "@NODE@", cluster: gateway, metadata: {role: "@ROLE@"}}
        admin: {address: {socket_address: {address: 127.0.0.1, port_value: 0}}}
        layered_runtime:
          layers:
          - {name: static, static_layer: {re2.max_program_size.error_level: 1000000}}
          - {name: admin, admin_layer: {}}
        typed_dns_resolver_config:
          name: envoy.network.dns_resolver.cares
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig
            resolvers: [{socket_address: {address: 127.0.0.1, port_value: @DNS@, protocol: UDP}}]
            dns_resolver_options: {no_default_search_domain: true}
            query_timeout_seconds: 1
            query_tries: 3
        static_resources:
          clusters:
          - name: xds_cluster
            type: STATIC
            connect_timeout: 5s
            typed_extension_protocol_options:
              envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                explicit_http_config:
                  http2_protocol_options: {connection_keepalive: {interval: 30s, timeout: 5s}}
            load_assignment:
              cluster_name: xds_cluster
              endpoints:
              - lb_endpoints:
                - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: @XDS@}}}
          - name: rest_cluster
            type: STATIC
            connect_timeout: 5s
            load_assignment:
              cluster_name: rest_cluster
              endpoints:
              - lb_endpoints:
                - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: @REST@}}}

        """;

    private const string Aggregated = """

        dynamic_resources:
          ads_config:
            api_type: @API@
            transport_api_version: V3
            set_node_on_first_message_only: true
            grpc_services: [{envoy_grpc: {cluster_name: xds_cluster}}]
          cds_config: {ads: {}, resource_api_version: V3, initial_fetch_timeout: 0s}
          lds_config: {ads: {}, resource_api_version: V3, initial_fetch_timeout: 0s}
        """;

    private const string PerType = """

        dynamic_resources:
          cds_config: &source
            resource_api_version: V3
            initial_fetch_timeout: 0s
            api_config_source:
              api_type: @API@
              transport_api_version: V3
              set_node_on_first_message_only: true
              grpc_services: [{envoy_grpc: {cluster_name: xds_cluster}}]
          lds_config: *source
        """;

    private const string Rest = """

        dynamic_resources:
          cds_config: &source
            resource_api_version: V3
            initial_fetch_timeout: 0s
            api_config_source:
              api_type: REST
              transport_api_version: V3
              cluster_names: [rest_cluster]
              refresh_delay: 0.2s
              request_timeout: 5s
          lds_config: *source
        """;
}
