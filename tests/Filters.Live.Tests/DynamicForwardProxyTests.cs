using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class DynamicForwardProxyTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task The_request_or_the_route_says_where_it_goes(string version)
    {
        var proxy = await fleet.OfAsync(version);
        var client = proxy.Client("dynamic-forward-proxy");

        (await client.GetAsync("/fixed")).EchoPath.ShouldBe("/fixed");
        (await client.GetAsync("/header", ("x-host", $"127.0.0.1:{proxy.Backends.HttpPort}"))).EchoPath
            .ShouldBe("/header");
    }
}
