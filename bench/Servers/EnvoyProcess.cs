using System.Diagnostics;
using System.Globalization;

namespace Stagedoor.Bench.Servers;

/// <summary>An Envoy that reads its configuration from an ADS server, with one worker; ended by its id.</summary>
internal sealed class EnvoyProcess : IAsyncDisposable
{
    private readonly Process _process;

    private EnvoyProcess(Process process) => _process = process;

    public static EnvoyProcess Start(string executable, string xds, string role)
    {
        var port = xds[(xds.LastIndexOf(':') + 1)..];
        var info = new ProcessStartInfo(executable)
        {
            ArgumentList =
            {
                "--config-yaml", Bootstrap(role, int.Parse(port, CultureInfo.InvariantCulture)),
                "--disable-hot-restart", "--concurrency", "1", "--drain-time-s", "2", "--log-level", "off",
            },
            RedirectStandardError = true,
        };
        var process = Process.Start(info)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return new EnvoyProcess(process);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string Bootstrap(string role, int port) =>
        $$"""
          node: {id: bench-envoy, cluster: gateway, metadata: {role: "{{role}}" } }
          layered_runtime: {layers: [{name: static, static_layer: {re2.max_program_size.error_level: 1000000 } }]}
          dynamic_resources:
            ads_config:
              api_type: GRPC
              transport_api_version: V3
              set_node_on_first_message_only: true
              grpc_services: [{envoy_grpc: {cluster_name: xds_cluster } }]
            cds_config: {ads: {}, resource_api_version: V3}
            lds_config: {ads: {}, resource_api_version: V3}
          static_resources:
            clusters:
            - name: xds_cluster
              type: STATIC
              connect_timeout: 5s
              typed_extension_protocol_options:
                envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                  "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                  explicit_http_config: {http2_protocol_options: { } }
              load_assignment:
                cluster_name: xds_cluster
                endpoints:
                - lb_endpoints:
                  - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: {{port}} } } }
          """;
}
