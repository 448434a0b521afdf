using System.Text.Json;
using Shouldly;
using Solo.Gloo;
using Stagedoor.Api;
using Stagedoor.Xds;
using Xunit;
using Place = Solo.Gloo.Filters.FilterStage.Types.Predicate;
using Stage = Solo.Gloo.Filters.FilterStage.Types.Stage;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>Filters stand in Gloo's stages, whoever adds them (envoy-translation 3.3).</summary>
public sealed class FilterOrderTests
{
    private static readonly ProxyId Id = new("gloo-system", "gateway-proxy");

    [Fact]
    public void Custom_filters_stand_where_their_stage_says_and_the_router_is_last() => FiltersOf(
        Custom("z-first", Stage.FaultStage, Place.Before), Custom("b-same", Stage.AcceptedStage, Place.During),
        Custom("a-same", Stage.AcceptedStage, Place.During), Custom("after-auth", Stage.AuthNstage, Place.After),
        Custom("before-auth", Stage.AuthNstage, Place.Before), Custom("last", Stage.RouteStage, Place.After))
        .ShouldBe(
        [
            "z-first", "envoy.filters.http.fault", "envoy.filters.http.cors", "before-auth",
            "envoy.filters.http.local_ratelimit", "after-auth", "envoy.filters.http.grpc_web", "a-same", "b-same",
            "envoy.filters.http.csrf", "last", "envoy.filters.http.router",
        ]);

    [Fact]
    public void The_order_does_not_depend_on_who_came_first()
    {
        var one = Custom("same", Stage.WafStage, Place.During);
        var other = Custom("same", Stage.WafStage, Place.During);
        other.Config.TypeUrl = "type.googleapis.com/envoy.extensions.filters.http.grpc_stats.v3.FilterConfig";

        Bytes(one, other).ShouldBe(Bytes(other, one));
    }

    [Fact]
    public void A_custom_filter_without_a_type_takes_the_listener_away() =>
        Translate(new CustomEnvoyFilter { Name = "a" }).Resources.Where(resource => resource.Type == XdsType.Listener)
            .ShouldBeEmpty();

    private static CustomEnvoyFilter Custom(string name, Stage stage, Place place) => new()
    {
        Name = name,
        FilterStage = new Solo.Gloo.Filters.FilterStage { Stage = stage, Predicate = place },
        Config = new Google.Protobuf.WellKnownTypes.Any
        {
            TypeUrl = "type.googleapis.com/envoy.extensions.filters.http.grpc_web.v3.GrpcWeb",
        },
    };

    private static ProxyTranslation Translate(params CustomEnvoyFilter[] filters) => ProxyTranslator.Translate(
        CatalogView.Empty, Id,
        new Proxy
        {
            Listeners =
            {
                new Listener
                {
                    Name = "listener",
                    BindAddress = "127.0.0.1",
                    BindPort = 8080,
                    HttpListener = new HttpListener
                    {
                        CustomHttpFilters = { filters },
                        VirtualHosts = { new VirtualHost { Name = "host" } },
                    },
                },
            },
        },
        [], new TranslationMemo());

    private static string Bytes(params CustomEnvoyFilter[] filters) =>
        TranslationJson.Format(Translate(filters).Resources.Single(resource => resource.Type == XdsType.Listener));

    private static IEnumerable<string> FiltersOf(params CustomEnvoyFilter[] filters) =>
        JsonDocument.Parse(Bytes(filters)).RootElement.GetProperty("filterChains")[0].GetProperty("filters")[0]
            .GetProperty("typedConfig").GetProperty("httpFilters").EnumerateArray()
            .Select(filter => filter.GetProperty("name").GetString()!);
}
