using System.CommandLine;
using Stagedoor.Api;
using Stagedoor.Host.Bootstrap;

namespace Stagedoor.Host.Commands;

/// <summary><c>stagedoor bootstrap</c>.</summary>
internal static class BootstrapCommand
{
    private const int KubernetesAdminPort = 19000;
    private const int KubernetesStatsPort = 8081;
    private const int XdsPort = 9977;

    private static readonly Option<string> Role = new("--role")
    {
        Description = "The Proxy whose configuration the Envoy takes: NAMESPACE~NAME.",
        Required = true,
    };

    private static readonly Option<string?> Xds = new("--xds")
    {
        Description = "HOST:PORT of the xDS server. [default: 127.0.0.1:9977, with --kubernetes the service gloo]",
    };

    private static readonly Option<int?> AdminPort = new("--admin-port")
    {
        Description = "Port of Envoy's admin on 127.0.0.1; 0 lets Envoy choose (see its --admin-address-path). "
            + "[default: none, with --kubernetes 19000]",
    };

    private static readonly Option<int?> StatsPort = new("--stats-port")
    {
        Description = "Port with /metrics and /ready for Prometheus. [default: none, with --kubernetes 8081]",
    };

    private static readonly Option<int?> ReadinessPort = new("--readiness-port")
    {
        Description = "Port with /ready only. [default: none]",
    };

    private static readonly Option<string?> NodeId = new("--node-id")
    {
        Description = "Envoy's node id; each Envoy of a fleet needs its own. "
            + "[default: NAME.NAMESPACE, with --kubernetes {{.PodName}}.{{.PodNamespace}} as Gloo's images fill in]",
    };

    private static readonly Option<bool> Sotw = new("--sotw") { Description = "State-of-the-world xDS." };

    private static readonly Option<bool> Delta = new("--delta") { Description = "Delta xDS." };

    private static readonly Option<bool> Kubernetes = new("--kubernetes")
    {
        Description = "Adds what only exists on Kubernetes, and takes its names and ports.",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new ExampleCommand(
            "bootstrap",
            "Prints the bootstrap (YAML) of an Envoy that takes its configuration from this control plane.",
            new CommandExample(
                "stagedoor bootstrap --role gloo-system~gateway-proxy --admin-port 19000 > envoy.yaml",
                "Then: envoy -c envoy.yaml"),
            new CommandExample(
                "stagedoor bootstrap --role gloo-system~gateway-proxy --xds 10.0.0.7:9977 --node-id edge-2",
                "A second Envoy on the machine: no fixed ports, an id of its own."),
            new CommandExample(
                "stagedoor bootstrap --role gloo-system~gateway-proxy --kubernetes",
                "What the chart's gateway-proxy starts with."))
        {
            Role, Xds, AdminPort, StatsPort, ReadinessPort, NodeId, Sotw, Delta, Kubernetes,
        };
        command.SetAction(parsed =>
            parsed.InvocationConfiguration.Output.Write(EnvoyBootstrap.Yaml(Options(parsed))));
        return command;
    }

    private static EnvoyBootstrapOptions Options(ParseResult parsed)
    {
        var text = parsed.GetValue(Role)!;
        if (!ProxyId.TryParse(text, out var role))
        {
            throw new CommandException(
                HostCodes.Setting, $"--role: '{text}' is not NAMESPACE~NAME, for example gloo-system~gateway-proxy");
        }

        var kubernetes = parsed.GetValue(Kubernetes);
        var (host, port) = parsed.GetValue(Xds) is { } xds
            ? OptionValues.HostAndPort("--xds", xds)
            : (kubernetes ? $"gloo.{role.Namespace}.svc.cluster.local" : "127.0.0.1", XdsPort);
        if (parsed.GetValue(Sotw) && parsed.GetValue(Delta))
            throw new CommandException(HostCodes.CommandLine, "--sotw and --delta exclude each other");

        var options = new EnvoyBootstrapOptions(role, parsed.GetValue(NodeId) ?? NodeName(role, kubernetes), host, port)
        {
            AdminPort = Checked(parsed, AdminPort) ?? (kubernetes ? KubernetesAdminPort : null),
            StatsPort = Listener(parsed, StatsPort, kubernetes ? KubernetesStatsPort : null),
            ReadinessPort = Listener(parsed, ReadinessPort, null),
            Delta = parsed.GetValue(Delta) || (EnvoyBootstrapOptions.DeltaByDefault && !parsed.GetValue(Sotw)),
            Kubernetes = kubernetes,
        };
        if (options is { StatsPort: null, ReadinessPort: null } or { AdminPort: > 0 }) return options;
        throw new CommandException(
            HostCodes.Setting,
            "--stats-port and --readiness-port forward to Envoy's admin, whose port must be known",
            "give --admin-port with a port other than 0 too");
    }

    private static string NodeName(ProxyId role, bool kubernetes) =>
        kubernetes ? "{{.PodName}}.{{.PodNamespace}}" : $"{role.Name}.{role.Namespace}";

    private static int? Listener(ParseResult parsed, Option<int?> option, int? byDefault)
    {
        var port = Checked(parsed, option) ?? byDefault;
        return port == 0 ? null : port;
    }

    private static int? Checked(ParseResult parsed, Option<int?> option) =>
        parsed.GetValue(option) is { } port ? OptionValues.Port(option.Name, port) : null;
}
