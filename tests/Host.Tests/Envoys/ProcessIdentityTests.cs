using Shouldly;
using Stagedoor.Host.Envoys;
using Xunit;

namespace Stagedoor.Host.Tests.Envoys;

public sealed class ProcessIdentityTests
{
    [Theory]
    [InlineData("7 (envoy) S 1 7 7 0 -1 4 1 2 3 4 5 6 7 8 20 0 3 0 4242 1 2", 4242L)]
    [InlineData("7 (a) b (c) R 1 7 7 0 -1 4 1 2 3 4 5 6 7 8 20 0 3 0 4242 1 2", 4242L)]
    [InlineData("7 (envoy) Z 1 7 7 0 -1 4 1 2 3 4 5 6 7 8 20 0 3 0 4242 1 2", null)]
    [InlineData("7 (envoy) S 1 7", null)]
    [InlineData("", null)]
    public void The_start_time_is_field_22_of_a_living_process(string stat, long? started) =>
        ProcessIdentity.StartTimeIn(stat).ShouldBe(started);

    [Fact]
    public void This_process_is_itself()
    {
        var identity = ProcessIdentity.Of(Environment.ProcessId).ShouldNotBeNull();

        identity.ShouldBe(ProcessIdentity.Of(Environment.ProcessId));
        identity.Pid.ShouldBe(Environment.ProcessId);
    }
}
