using Shouldly;
using Stagedoor.Host.Envoys;
using Xunit;

namespace Stagedoor.Host.Tests.Envoys;

public sealed class BoundsTests
{
    [Fact]
    public void Failures_in_a_row_wait_longer_up_to_a_bound()
    {
        var backoff = new RestartBackoff();
        var delays = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            backoff = backoff.After(TimeSpan.FromSeconds(1));
            delays.Add(backoff.Delay.TotalSeconds);
        }

        delays.ShouldBe([0, 0.5, 1, 2, 4, 8, 16, 30, 30, 30]);
    }

    [Fact]
    public void A_healthy_run_forgets_the_failures_before_it() =>
        new RestartBackoff(9).After(RestartBackoff.Healthy).Delay.ShouldBe(TimeSpan.Zero);

    [Fact]
    public void Many_failures_do_not_overflow() =>
        new RestartBackoff(int.MaxValue - 1).After(TimeSpan.Zero).Delay.ShouldBe(RestartBackoff.Longest);

    [Fact]
    public void Lines_over_the_bound_are_counted_and_told_in_the_next_second()
    {
        var bound = new LogBound(2);

        Enumerable.Range(0, 5).Select(i => bound.Passes(1, out var none) && none == 0)
            .ShouldBe([true, true, false, false, false]);
        bound.Passes(2, out var held).ShouldBeTrue();
        held.ShouldBe(3);
        bound.Passes(3, out held).ShouldBeTrue();
        held.ShouldBe(0);
    }

    [Fact]
    public void A_followed_file_is_repeated_line_by_line_and_once()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var lines = new List<string>();
        try
        {
            File.WriteAllText(file, "old\n");
            var follower = new LogFollower(file, lines.Add, _ => { });
            follower.SkipPresent();
            File.AppendAllText(file, "one\ntw");
            follower.Step();
            File.AppendAllText(file, "o\n");
            follower.Step();
            follower.Step();

            lines.ShouldBe(["one", "two"]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_file_over_its_limit_is_moved_aside_and_cut()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(file, new byte[LogFollower.MaxFile + 1]);
            new LogFollower(file, _ => { }, _ => { }).Step();

            new FileInfo(file).Length.ShouldBe(0);
            new FileInfo(file + ".1").Length.ShouldBe(LogFollower.MaxFile + 1);
        }
        finally
        {
            File.Delete(file);
            File.Delete(file + ".1");
        }
    }

    [Fact]
    public void Connections_are_those_of_listeners_and_not_of_workers_or_the_admin() =>
        EnvoyAdmin.Connections(
            """
            listener.0.0.0.0_8080.downstream_cx_active: 3
            listener.0.0.0.0_8080.worker_0.downstream_cx_active: 3
            listener.[__]_8443.downstream_cx_active: 1
            listener.admin.downstream_cx_active: 7
            """).ShouldBe(4);
}
