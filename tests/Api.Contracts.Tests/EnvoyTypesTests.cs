using Envoy.Config.Core.V3;
using Envoy.Config.Listener.V3;
using Envoy.Extensions.Filters.Http.Router.V3;
using Envoy.Extensions.Filters.Network.HttpConnectionManager.V3;
using Envoy.Service.Discovery.V3;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Xds.EnvoyApi;
using Xunit;

namespace Stagedoor.Api.Contracts.Tests;

public sealed class EnvoyTypesTests
{
    private static Listener ListenerWithConnectionManager() => new()
    {
        Name = "listener-::-8080",
        Address = new Address { SocketAddress = new SocketAddress { Address = "::", PortValue = 8080 } },
        FilterChains =
        {
            new FilterChain
            {
                Filters =
                {
                    new Envoy.Config.Listener.V3.Filter
                    {
                        Name = "envoy.filters.network.http_connection_manager",
                        TypedConfig = Any.Pack(new HttpConnectionManager
                        {
                            StatPrefix = "http",
                            Rds = new Rds { RouteConfigName = "listener-::-8080-routes" },
                            HttpFilters =
                            {
                                new HttpFilter { Name = "router", TypedConfig = Any.Pack(new Router()) },
                            },
                        }),
                    },
                },
            },
        },
    };

    [Fact]
    public void A_listener_with_packed_filters_survives_json()
    {
        var listener = ListenerWithConnectionManager();
        var formatter = new JsonFormatter(JsonFormatter.Settings.Default.WithTypeRegistry(EnvoyTypes.Registry));
        var parser = new JsonParser(JsonParser.Settings.Default.WithTypeRegistry(EnvoyTypes.Registry));

        var json = formatter.Format(listener);

        Assert.Contains("http_connection_manager.v3.HttpConnectionManager", json, StringComparison.Ordinal);
        Assert.Contains("listener-::-8080-routes", json, StringComparison.Ordinal);
        Assert.Equal(listener, parser.Parse<Listener>(json));
    }

    [Fact]
    public void Validation_rules_can_be_read_by_reflection()
    {
        var port = SocketAddress.Descriptor.FindFieldByName("port_value");

        var rules = port.GetOptions().GetExtension(Validate.ValidateExtensions.Rules);

        Assert.Equal(65535u, rules.Uint32.Lte);
    }

    [Fact]
    public void The_patched_rule_is_readable()
    {
        // Without our patch of validate.proto this file does not compile; the number must be upstream's.
        var field = Validate.StringRules.Descriptor.FindFieldByName("ignore_empty");

        Assert.Equal(26, field.FieldNumber);
    }

    [Fact]
    public void The_renamed_field_of_ext_proc_keeps_its_json_name()
    {
        var mutation = new Envoy.Service.ExtProc.V3.BodyMutation { DoClearBody = true };

        Assert.Equal("""{ "clearBody": true }""", JsonFormatter.Default.Format(mutation));
    }

    [Theory]
    [InlineData("envoy.service.discovery.v3.AggregatedDiscoveryService")]
    [InlineData("envoy.service.cluster.v3.ClusterDiscoveryService")]
    [InlineData("envoy.service.endpoint.v3.EndpointDiscoveryService")]
    [InlineData("envoy.service.listener.v3.ListenerDiscoveryService")]
    [InlineData("envoy.service.route.v3.RouteDiscoveryService")]
    [InlineData("envoy.service.secret.v3.SecretDiscoveryService")]
    [InlineData("envoy.service.status.v3.ClientStatusDiscoveryService")]
    [InlineData("envoy.service.accesslog.v3.AccessLogService")]
    [InlineData("envoy.service.auth.v3.Authorization")]
    [InlineData("envoy.service.ratelimit.v3.RateLimitService")]
    [InlineData("envoy.service.ext_proc.v3.ExternalProcessor")]
    public void The_services_that_we_serve_or_call_are_present(string name) =>
        Assert.Contains(EnvoyTypes.Files.SelectMany(file => file.Services), service => service.FullName == name);

    [Fact]
    public void Stubs_have_both_sides()
    {
        var nested = typeof(AggregatedDiscoveryService).GetNestedTypes().Select(type => type.Name).ToList();

        Assert.Contains("AggregatedDiscoveryServiceBase", nested);
        Assert.Contains("AggregatedDiscoveryServiceClient", nested);
    }
}
