using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Shouldly;
using Stagedoor.Xds.Server.Tests.Support;
using Xunit;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Stagedoor.Xds.Server.Tests;

/// <summary>Health and reflection.</summary>
public sealed class AuxiliaryTests : IAsyncLifetime
{
    private const string Ads = "envoy.service.discovery.v3.AggregatedDiscoveryService";

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await TestServer.StartAsync(options => options.MaxAuxiliaryCalls = 2);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData(Ads)]
    [InlineData("envoy.service.status.v3.ClientStatusDiscoveryService")]
    public async Task Health_of_the_server_and_of_its_services(string service)
    {
        var response = await Health().CheckAsync(
            new HealthCheckRequest { Service = service }, cancellationToken: TestContext.Current.CancellationToken);

        response.Status.ShouldBe(ServingStatus.Serving);
    }

    [Fact]
    public async Task Health_of_an_unknown_service_is_not_found()
    {
        var refusal = await Should.ThrowAsync<RpcException>(async () => await Health().CheckAsync(
            new HealthCheckRequest { Service = "other" }, cancellationToken: TestContext.Current.CancellationToken));

        refusal.StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task Who_watches_health_is_told_that_the_server_stops_and_does_not_hold_it_up()
    {
        using var watch = Health().Watch(
            new HealthCheckRequest { Service = Ads }, cancellationToken: TestContext.Current.CancellationToken);
        (await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken)).ShouldBeTrue();
        watch.ResponseStream.Current.Status.ShouldBe(ServingStatus.Serving);

        var stop = _server.StopAsync();

        (await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken)).ShouldBeTrue();
        watch.ResponseStream.Current.Status.ShouldBe(ServingStatus.NotServing);
        await stop.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Reflection_lists_the_services_and_does_not_hold_up_the_end_of_the_server()
    {
        using var call = Reflection();
        await call.RequestStream.WriteAsync(
            new ServerReflectionRequest { ListServices = "" }, TestContext.Current.CancellationToken);
        (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken)).ShouldBeTrue();
        var names = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name).ToArray();

        names.ShouldContain(Ads);
        names.ShouldContain("envoy.service.route.v3.VirtualHostDiscoveryService");
        names.ShouldContain("envoy.service.status.v3.ClientStatusDiscoveryService");
        names.ShouldContain("grpc.health.v1.Health");
        await _server.StopAsync().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task There_may_be_so_many_of_these_calls()
    {
        using var one = Reflection();
        using var two = Reflection();
        foreach (var call in new[] { one, two })
        {
            await call.RequestStream.WriteAsync(
                new ServerReflectionRequest { ListServices = "" }, TestContext.Current.CancellationToken);
            (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken)).ShouldBeTrue();
        }

        var refusal = await Should.ThrowAsync<RpcException>(async () => await Health().CheckAsync(
            new HealthCheckRequest(), cancellationToken: TestContext.Current.CancellationToken));

        refusal.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        refusal.Status.Detail.ShouldContain("SD4008");
    }

    private Health.HealthClient Health() => new(_server.Connect());

    private AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> Reflection() =>
        new ServerReflection.ServerReflectionClient(_server.Connect()).ServerReflectionInfo(
            cancellationToken: TestContext.Current.CancellationToken);
}
