using Shouldly;
using Stagedoor.Xds.Sessions;
using Stagedoor.Xds.Tests.Support;
using Xunit;
using static Stagedoor.Xds.XdsType;

namespace Stagedoor.Xds.Tests.Sessions;

public sealed class SotwBasicsTests
{
    private readonly SotwStream _stream = new();

    [Fact]
    public void I2_silent_until_there_is_a_complete_snapshot()
    {
        _stream.Ask(Cluster).Ask(Listener).Silent();
        _stream.Publish(Make.Snapshot(1, Make.Cluster("a")));

        _stream.Get(Cluster).Resources.Text().ShouldBe("a=v1");
        _stream.Get(Listener).Resources.ShouldBeEmpty();
        _stream.Silent();
    }

    [Fact]
    public void I1_an_older_snapshot_is_ignored()
    {
        _stream.Publish(Make.Snapshot(5, Make.Cluster("a", "new"))).Ask(Cluster).GetAcked(Cluster);

        _stream.Session.Observe(Make.Snapshot(4, Make.Cluster("a", "old")));

        _stream.Silent();
    }

    [Fact]
    public void I1_a_client_that_is_ahead_waits_until_the_replica_has_caught_up()
    {
        var ahead = new TypeVersion(new Generation(2, 7), default).ToString();
        _stream.Publish(Make.Snapshot(2, 6, Make.Cluster("a", "old"))).Request(Cluster, ahead, "").Silent();
        _stream.Session.IsClientAhead.ShouldBeTrue();

        _stream.Publish(Make.Snapshot(2, 7, Make.Cluster("a", "new")));

        _stream.Get(Cluster).Resources.Text().ShouldBe("a=new");
    }

    [Fact]
    public void A_version_of_another_server_holds_nobody_up() =>
        _stream.Publish(Make.Snapshot(1, Make.Cluster("a")))
            .Request(Cluster, "15403942203456433411", "").Get(Cluster).Resources.Count.ShouldBe(1);

    [Fact]
    public void R03_every_stream_gets_a_first_answer_though_versions_are_equal()
    {
        var snapshot = Make.Snapshot(1, Make.Cluster("a"), Make.Endpoints("e"));
        var first = _stream.Publish(snapshot).Ask(Cluster).GetAcked(Cluster);
        var again = new SotwStream().Publish(snapshot);

        again.Request(Cluster, first.Version, "17").GetAcked(Cluster).Version.ShouldBe(first.Version);
        again.Silent();
    }

    [Fact]
    public void The_hash_of_a_version_is_the_same_on_every_server_and_says_the_content()
    {
        var one = new SotwStream().Publish(Make.Snapshot(1, 1, Make.Cluster("a"), Make.Cluster("b")));
        var two = new SotwStream().Publish(Make.Snapshot(4, 9, Make.Cluster("b"), Make.Cluster("a")));
        var other = new SotwStream().Publish(Make.Snapshot(4, 9, Make.Cluster("b"), Make.Cluster("a", "v2")));

        var hashes = new[] { one, two, other }.Select(stream => stream.Ask(Cluster).Get(Cluster).Version.Split('-')[1])
            .ToArray();

        hashes[1].ShouldBe(hashes[0]);
        hashes[2].ShouldNotBe(hashes[0]);
        TypeVersion.TryParse(one.Ask(Listener).Get(Listener).Version, out var version).ShouldBeTrue();
        version.Generation.ShouldBe(new Generation(1, 1));
    }

    [Fact]
    public void R04_a_type_that_does_not_answer_holds_no_other_type_up()
    {
        _stream.Publish(Make.Snapshot(1, Make.Cluster("a"), Make.Routes("r", "v1", "a")))
            .Ask(Cluster).Ask(RouteConfiguration, "r");
        _stream.Get(Cluster);
        _stream.GetAcked(RouteConfiguration);

        _stream.Publish(Make.Snapshot(2, Make.Cluster("a"), Make.Routes("r", "v2", "a")));

        _stream.GetAcked(RouteConfiguration).Resources.Text().ShouldBe("r=v2");
    }

    [Fact]
    public void R05_an_answer_without_error_detail_is_an_ACK_whatever_version_it_names()
    {
        _stream.Publish(Make.Snapshot(1, Make.Endpoints("e"))).Ask(ClusterLoadAssignment, "e");
        var response = _stream.Get(ClusterLoadAssignment);

        _stream.Request(ClusterLoadAssignment, "another version", response.Nonce, "e");

        var status = _stream.Status(ClusterLoadAssignment);
        status.Acknowledged.ShouldBe(new Generation(1, 1));
        status.Rejection.ShouldBeNull();
    }

    [Fact]
    public void R06_a_request_with_a_stale_nonce_gets_no_response_and_changes_no_subscription()
    {
        _stream.Publish(Make.Snapshot(1, Make.Endpoints("e"), Make.Endpoints("f"))).Ask(ClusterLoadAssignment, "e");
        var first = _stream.GetAcked(ClusterLoadAssignment);
        _stream.Publish(Make.Snapshot(2, Make.Endpoints("e", "v2"), Make.Endpoints("f")));
        var second = _stream.Get(ClusterLoadAssignment);

        _stream.Ack(first, "e", "f").Silent();
        _stream.Ack(second, "e", "f");

        _stream.GetAcked(ClusterLoadAssignment).Resources.Text().ShouldBe("f=v1");
    }

    [Fact]
    public void R08_what_did_not_change_is_not_sent()
    {
        _stream.Publish(Make.Snapshot(1, Make.Cluster("a"), Make.Endpoints("e"), Make.Endpoints("f")))
            .Ask(Cluster).Ask(ClusterLoadAssignment, "e", "f");
        _stream.GetAcked(Cluster);
        _stream.GetAcked(ClusterLoadAssignment);

        _stream.Publish(Make.Snapshot(2, Make.Cluster("a"), Make.Endpoints("e"), Make.Endpoints("f", "v2")));

        _stream.GetAcked(ClusterLoadAssignment).Resources.Text().ShouldBe("f=v2");
        _stream.Silent();
    }

    [Fact]
    public void R08_a_change_that_is_undone_before_it_is_sent_is_not_sent()
    {
        _stream.Publish(Make.Snapshot(1, Make.Secret("s"))).Ask(Secret, "s");
        _stream.Get(Secret);
        _stream.Publish(Make.Snapshot(2, Make.Secret("s", "v2"))).Silent();
        _stream.Publish(Make.Snapshot(3, Make.Secret("s", "v1")));

        _stream.Wait(10).Silent();
    }

    [Fact]
    public void The_newest_state_wins_and_there_is_no_queue()
    {
        _stream.Publish(Make.Snapshot(1, Make.Cluster("a"))).Ask(Cluster);
        var response = _stream.Get(Cluster);
        for (var seq = 2; seq <= 9; seq++) _stream.Publish(Make.Snapshot(seq, Make.Cluster("a", $"v{seq}"))).Silent();

        _stream.Ack(response);

        _stream.GetAcked(Cluster).Resources.Text().ShouldBe("a=v9");
        _stream.Silent();
    }

    [Fact]
    public void R18_CDS_and_LDS_carry_the_full_set()
    {
        _stream.Publish(Make.Snapshot(1, Make.Cluster("a"), Make.Cluster("b"), Make.Listener("l")))
            .Ask(Cluster).Ask(Listener);
        _stream.GetAcked(Cluster).Resources.Text().ShouldBe("a=v1 b=v1");
        _stream.GetAcked(Listener);

        _stream.Publish(Make.Snapshot(2, Make.Cluster("a"), Make.Cluster("b", "v2"), Make.Listener("m")));

        _stream.GetAcked(Cluster).Resources.Text().ShouldBe("a=v1 b=v2");
        _stream.GetAcked(Listener).Resources.Text().ShouldBe("m=v1");
    }

    [Fact]
    public void R17_a_name_is_in_a_response_once()
    {
        _stream.Publish(Make.Snapshot(1, Make.Endpoints("e"))).Ask(ClusterLoadAssignment, "e", "e", "*");

        _stream.Get(ClusterLoadAssignment).Resources.Text().ShouldBe("e=v1");
    }

    [Fact]
    public void A_type_that_is_not_served_is_ignored()
    {
        _stream.Publish(Make.Snapshot(1, Make.Cluster("a"))).Ask(None, "x").Silent();

        _stream.Ask(Cluster).Get(Cluster);
    }

    [Fact]
    public void Nonces_are_unique_on_the_stream()
    {
        _stream.Publish(Make.Snapshot(1, Make.Cluster("a"), Make.Endpoints("e"), Make.Listener("l")))
            .Ask(Cluster).Ask(ClusterLoadAssignment, "e").Ask(Listener);

        new[] { _stream.Get(Cluster), _stream.Get(ClusterLoadAssignment), _stream.Get(Listener) }
            .Select(response => response.Nonce).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void Too_many_and_too_long_names_end_the_stream()
    {
        var session = new SotwSession(new SessionOptions { MaxNames = 2, MaxNameLength = 3 });

        session.Receive(new SotwRequest(Cluster) { Names = ["a", "b", "c"] }, Make.Start)
            .ShouldNotBeNull().Reason.ShouldBe(CloseReason.ResourceExhausted);
        session.Receive(new SotwRequest(Cluster) { Names = ["abcd"] }, Make.Start)
            .ShouldNotBeNull().Reason.ShouldBe(CloseReason.InvalidArgument);
    }
}
