using Shouldly;
using Stagedoor.Host.Serving;
using Xunit;

namespace Stagedoor.Host.Tests.Serving;

public sealed class WarmUpTests
{
    [Fact]
    public void It_goes_all_the_way_to_resources_of_Envoy() => WarmUp.Run().ShouldBeGreaterThan(1000);
}
