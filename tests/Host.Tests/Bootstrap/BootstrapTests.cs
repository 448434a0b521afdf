using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Stagedoor.Host.Tests.Bootstrap;

public sealed class BootstrapTests
{
    [Fact]
    public async Task Role_and_node_name_the_proxy()
    {
        var node = (await BootstrapAsync("--role", "gloo-system~gateway-proxy"))["node"];

        node["id"].ShouldBe("gateway-proxy.gloo-system");
        node["cluster"].ShouldBe("gateway");
        node["metadata"]["role"].ShouldBe("gloo-system~gateway-proxy");
    }

    [Theory]
    [InlineData("127.0.0.1:5000", "STATIC", "127.0.0.1")]
    [InlineData("[::1]:5000", "STATIC", "::1")]
    [InlineData("control.example:5000", "STRICT_DNS", "control.example")]
    public async Task The_first_cluster_leads_to_the_server(string xds, string type, string host)
    {
        var bootstrap = await BootstrapAsync("--role", "ns~gw", "--xds", xds);

        var cluster = bootstrap["static_resources"]["clusters"][0];
        cluster["type"].ShouldBe(type);
        var endpoint = cluster["load_assignment"]["endpoints"][0]["lb_endpoints"][0]["endpoint"];
        endpoint["address"]["socket_address"]["address"].ShouldBe(host);
        endpoint["address"]["socket_address"]["port_value"].ShouldBe("5000");
        cluster["name"].ShouldBe($"{host}:5000");
        var grpc = bootstrap["dynamic_resources"]["ads_config"]["grpc_services"][0]["envoy_grpc"];
        grpc["cluster_name"].ShouldBe($"{host}:5000");
    }

    [Fact]
    public async Task Without_ports_nothing_is_bound()
    {
        var bootstrap = await BootstrapAsync(
            "--role", "ns~gw", "--stats-port", "0", "--readiness-port", "0");

        Names(bootstrap, "listeners").ShouldBeEmpty();
        ((YamlMappingNode)bootstrap).Children.ShouldNotContainKey("admin");
    }

    [Fact]
    public async Task Given_ports_are_bound()
    {
        var bootstrap = await BootstrapAsync(
            "--role", "ns~gw", "--admin-port", "19001", "--stats-port", "8081", "--readiness-port", "8082");

        Names(bootstrap, "listeners").ShouldBe(["prometheus_listener", "readiness_listener"]);
        bootstrap["admin"]["address"]["socket_address"]["port_value"].ShouldBe("19001");
        Names(bootstrap, "clusters").ShouldBe(["127.0.0.1:9977", "admin_port_cluster"]);
    }

    [Fact]
    public async Task Kubernetes_brings_the_charts_names_and_ports()
    {
        var bootstrap = await BootstrapAsync("--role", "edge~gw", "--kubernetes");

        Names(bootstrap, "clusters").ShouldBe(
            ["gloo.edge.svc.cluster.local:9977", "admin_port_cluster", "rest_xds_cluster", "wasm-cache"]);
        Names(bootstrap, "listeners").ShouldBe(["prometheus_listener"]);
        bootstrap["node"]["id"].ShouldBe("{{.PodName}}.{{.PodNamespace}}");
    }

    [Theory]
    [InlineData("--sotw", "GRPC")]
    [InlineData("--delta", "DELTA_GRPC")]
    public async Task The_variant_can_be_chosen(string option, string type) =>
        (await BootstrapAsync("--role", "ns~gw", option))["dynamic_resources"]["ads_config"]["api_type"].ShouldBe(type);

    [Fact]
    public async Task R26_Envoy_waits_for_its_first_configuration_for_ever()
    {
        var dynamic = (await BootstrapAsync("--role", "ns~gw"))["dynamic_resources"];

        dynamic["cds_config"]["initial_fetch_timeout"].ShouldBe("0s");
        dynamic["lds_config"]["initial_fetch_timeout"].ShouldBe("0s");
        dynamic["ads_config"]["set_node_on_first_message_only"].ShouldBe("true");
    }

    [Fact]
    public async Task The_variant_is_delta_when_nobody_says_which() =>
        (await BootstrapAsync("--role", "ns~gw"))["dynamic_resources"]["ads_config"]["api_type"]
            .ShouldBe("DELTA_GRPC");

    // A file subscription has no NACK: what is rejected would be invisible.
    [Fact]
    public async Task R32_nothing_is_subscribed_to_by_file()
    {
        var (_, bootstrap, _) = await CommandLine.RunAsync(
            ["bootstrap", "--role", "ns~gw", "--admin-port", "19000", "--stats-port", "8081", "--kubernetes"]);

        bootstrap.ShouldContain("ads");
        bootstrap.ShouldNotContain("path_config_source");
        bootstrap.ShouldNotContain("watched_directory");
    }

    [Theory]
    [InlineData("SD6002", "--role", "gateway-proxy")]
    [InlineData("SD6002", "--role", "ns~gw", "--xds", "nowhere")]
    [InlineData("SD6002", "--role", "ns~gw", "--xds", "a:0")]
    [InlineData("SD6002", "--role", "ns~gw", "--admin-port", "65536")]
    [InlineData("SD6002", "--role", "ns~gw", "--stats-port", "8081")]
    [InlineData("SD6001", "--role", "ns~gw", "--sotw", "--delta")]
    [InlineData("SD6001", "--xds", "127.0.0.1:9977")]
    [InlineData("SD6001", "--role", "ns~gw", "--admin-port", "many")]
    public async Task Bad_options_are_named_with_a_code(string code, params string[] args)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(["bootstrap", .. args]);

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldStartWith($"error {code}: ");
        error.ShouldContain("--");
    }

    private static async Task<YamlNode> BootstrapAsync(params string[] args)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(["bootstrap", .. args]);
        exitCode.ShouldBe(0, error);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(output));
        return yaml.Documents.ShouldHaveSingleItem().RootNode;
    }

    private static string[] Names(YamlNode bootstrap, string kind) =>
        [.. ((YamlSequenceNode)bootstrap["static_resources"][kind]).Select(item => (string)item["name"]!)];
}

file static class YamlAssertions
{
    internal static void ShouldBe(this YamlNode node, string value) => ((string?)node).ShouldBe(value);
}
