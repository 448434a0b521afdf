using Shouldly;
using Stagedoor.Host.Envoys;
using Xunit;

namespace Stagedoor.Host.Tests.Envoys;

public sealed class AdoptionTests
{
    private static readonly ProcessIdentity Process = new(4711, 100, "boot-1");
    private static readonly EnvoyRecord Record = new("ns~gw", "gw.ns.local", Process, 9977, "/usr/bin/envoy");

    [Fact]
    public void The_same_process_with_the_same_node_and_port_is_adopted() =>
        Adoption.Decide(Record, Process, "gw.ns.local", 9977).Step.ShouldBe(AdoptionStep.Adopt);

    [Fact]
    public void Without_a_record_one_is_started() =>
        Adoption.Decide(null, null, "gw.ns.local", 9977).Step.ShouldBe(AdoptionStep.Start);

    [Fact]
    public void A_process_that_has_ended_is_followed_by_another() =>
        Adoption.Decide(Record, null, "gw.ns.local", 9977).Step.ShouldBe(AdoptionStep.Start);

    [Theory]
    [InlineData(101, "boot-1")]
    [InlineData(100, "boot-2")]
    public void Another_program_with_the_same_number_is_left_alone(long started, string boot)
    {
        var other = new ProcessIdentity(Process.Pid, started, boot);

        Adoption.Decide(Record, other, "gw.ns.local", 9977).Step.ShouldBe(AdoptionStep.Start);
    }

    [Theory]
    [InlineData("other.ns.local", 9977)]
    [InlineData("gw.ns.local", 9978)]
    public void An_Envoy_of_ours_that_does_not_fit_is_replaced(string nodeId, int port) =>
        Adoption.Decide(Record, Process, nodeId, port).Step.ShouldBe(AdoptionStep.Replace);

    [Fact]
    public void A_record_is_read_as_it_was_written()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Record.Write(file);

            EnvoyRecord.Read(file).ShouldBe(Record);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    public void A_damaged_record_is_none(string text)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllText(file, text);

            EnvoyRecord.Read(file).ShouldBeNull();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
