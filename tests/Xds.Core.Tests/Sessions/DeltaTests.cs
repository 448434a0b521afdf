using System.Collections.Immutable;
using Shouldly;
using Stagedoor.Xds.Sessions;
using Stagedoor.Xds.Tests.Support;
using Xunit;
using static Stagedoor.Xds.XdsType;

namespace Stagedoor.Xds.Tests.Sessions;

public sealed class DeltaTests
{
    private readonly DeltaStream _stream = new();

    [Fact]
    public void I2_silent_until_there_is_a_complete_snapshot()
    {
        _stream.Subscribe(Cluster).Subscribe(Listener).Silent();
        _stream.Publish(Make.Snapshot(1, Make.Cluster("a")));

        _stream.GetAcked(Cluster).ShouldBe("a=v1");
        _stream.GetAcked(Listener).ShouldBe("");
        _stream.Silent();
    }

    [Fact]
    public void R19_only_changes_and_removals_are_sent()
    {
        _stream.Publish(Make.Snapshot(1, Make.Listener("a"), Make.Listener("b"), Make.Listener("c")))
            .Subscribe(Listener);
        _stream.GetAcked(Listener).ShouldBe("a=v1 b=v1 c=v1");

        _stream.Publish(Make.Snapshot(2, Make.Listener("a"), Make.Listener("b", "v2"), Make.Listener("d")));

        _stream.GetAcked(Listener).ShouldBe("-c b=v2 d=v1");
        _stream.Silent();
    }

    [Fact]
    public void Versions_name_the_commit_and_the_content()
    {
        var first = Make.Snapshot(1, Make.Cluster("a"));
        _stream.Publish(first).Subscribe(Cluster);

        var response = _stream.Get(Cluster);

        response.Version.ShouldBe("1.1");
        response.Resources[0].Version.ShouldBe($"1.1-{Make.Cluster("a").Hash}");
        ResourceVersion.TryParse(response.Resources[0].Version, out var version).ShouldBeTrue();
        version.ShouldBe(new ResourceVersion(new Generation(1, 1), Make.Cluster("a").Hash));
    }

    [Fact]
    public void R22_a_reconnecting_client_gets_the_differences_only_also_from_another_term()
    {
        _stream.Publish(Make.Snapshot(9, 4, Make.Cluster("same"), Make.Cluster("new"), Make.Cluster("changed", "v2")));

        _stream.Reconnect(Cluster, [], ("same", Version(2, 3, Make.Cluster("same"))),
            ("changed", Version(2, 4, Make.Cluster("changed"))));

        _stream.GetAcked(Cluster).ShouldBe("changed=v2 new=v1");
        _stream.Silent();
    }

    [Fact]
    public void R22_an_equal_client_gets_an_empty_first_answer()
    {
        _stream.Publish(Make.Snapshot(2, Make.Cluster("a")))
            .Reconnect(Cluster, [], ("a", Version(1, 1, Make.Cluster("a"))));

        _stream.GetAcked(Cluster).ShouldBe("");
        _stream.Silent();
    }

    [Fact]
    public void R22_names_that_are_gone_are_removed_at_once_in_LDS()
    {
        _stream.Publish(Make.Snapshot(2, Make.Listener("a"))).Reconnect(
            Listener, [], ("a", Version(1, 1, Make.Listener("a"))), ("gone", Version(1, 1, Make.Listener("gone"))));

        _stream.GetAcked(Listener).ShouldBe("-gone");
    }

    [Fact]
    public void Names_that_the_client_may_hold_after_a_NACK_are_removed_too()
    {
        var snapshot = Make.Snapshot(2, Make.Listener("a")) with
        {
            Gone = ImmutableDictionary<XdsType, ImmutableSortedSet<string>>.Empty.Add(Listener, ["ghost"]),
        };

        _stream.Publish(snapshot).Reconnect(Listener, []);

        _stream.GetAcked(Listener).ShouldBe("-ghost a=v1");
    }

    [Fact]
    public void Clusters_that_are_gone_leave_after_the_routes_were_answered_and_a_linger()
    {
        _stream.Publish(Make.Snapshot(2, Make.Cluster("a"), Make.Routes("r", "v2", "a")));
        _stream.Reconnect(
            Cluster, [], ("a", Version(1, 1, Make.Cluster("a"))), ("b", Version(1, 1, Make.Cluster("b"))));
        _stream.Reconnect(RouteConfiguration, ["r"], ("r", Version(1, 1, Make.Routes("r", "v1", "b"))));
        _stream.GetAcked(Cluster).ShouldBe("");
        _stream.GetAcked(RouteConfiguration).ShouldBe("r=v2");

        _stream.Silent();
        _stream.Wait(10).GetAcked(Cluster).ShouldBe("-b");
        _stream.Silent();
    }

    [Fact]
    public void I1_a_client_that_is_ahead_waits_and_then_gets_nothing_unchanged()
    {
        _stream.Publish(Make.Snapshot(1, Make.Cluster("a", "old")));
        _stream.Reconnect(Cluster, [], ("a", Version(1, 3, Make.Cluster("a", "new")))).Silent();

        _stream.Publish(Make.Snapshot(3, Make.Cluster("a", "new")));

        _stream.GetAcked(Cluster).ShouldBe("");
        _stream.Silent();
    }

    [Fact]
    public void R07_a_subscription_is_honoured_though_the_nonce_is_stale()
    {
        _stream.Publish(Make.Snapshot(1, Make.Endpoints("e"), Make.Endpoints("f")));
        _stream.Subscribe(ClusterLoadAssignment, "e").GetAcked(ClusterLoadAssignment);

        _stream.Send(new DeltaRequest(ClusterLoadAssignment) { Subscribe = ["f"], Nonce = "not one of ours" });

        _stream.GetAcked(ClusterLoadAssignment).ShouldBe("f=v1");
    }

    [Fact]
    public void R10_the_four_steps_of_the_protocol_document()
    {
        _stream.Publish(Make.Snapshot(1, Make.Cluster("A"), Make.Cluster("B"))).Subscribe(Cluster);
        _stream.GetAcked(Cluster).ShouldBe("A=v1 B=v1");

        _stream.Subscribe(Cluster, "A").GetAcked(Cluster).ShouldBe("A=v1");
        _stream.Unsubscribe(Cluster, "*").Silent();
        _stream.Publish(Make.Snapshot(2, Make.Cluster("A", "v2"), Make.Cluster("B", "v2")));
        _stream.GetAcked(Cluster).ShouldBe("A=v2");

        _stream.Unsubscribe(Cluster, "A").Silent();
        _stream.Publish(Make.Snapshot(3, Make.Cluster("A"), Make.Cluster("B"))).Silent();
    }

    [Fact]
    public void R12_a_name_subscribed_again_is_sent_again()
    {
        _stream.Publish(Make.Snapshot(1, Make.Secret("s"))).Subscribe(Secret, "s").GetAcked(Secret);

        _stream.Subscribe(Secret, "s").GetAcked(Secret).ShouldBe("s=v1");
    }

    [Fact]
    public void R13_unsubscribing_gets_no_answer_except_from_a_wildcard_client()
    {
        _stream.Publish(Make.Snapshot(1, Make.Cluster("A"), Make.Endpoints("e")));
        _stream.Subscribe(ClusterLoadAssignment, "e").GetAcked(ClusterLoadAssignment);
        _stream.Unsubscribe(ClusterLoadAssignment, "e", "never").Silent();

        _stream.Subscribe(Cluster, "*", "A", "Z").GetAcked(Cluster).ShouldBe("-Z A=v1");

        _stream.Unsubscribe(Cluster, "A", "Z").GetAcked(Cluster).ShouldBe("-Z A=v1");
    }

    [Fact]
    public void R14_a_wildcard_client_cannot_unsubscribe_a_member()
    {
        _stream.Publish(Make.Snapshot(1, Make.Cluster("A"))).Subscribe(Cluster).GetAcked(Cluster);
        _stream.Unsubscribe(Cluster, "A").GetAcked(Cluster);

        _stream.Publish(Make.Snapshot(2, Make.Cluster("A", "v2")));

        _stream.GetAcked(Cluster).ShouldBe("A=v2");
    }

    [Fact]
    public void R15_an_absent_name_is_told_at_once_and_sent_when_it_comes()
    {
        _stream.Publish(Make.Snapshot(1, Make.Endpoints("e"))).Subscribe(ClusterLoadAssignment, "e", "z");
        _stream.GetAcked(ClusterLoadAssignment).ShouldBe("-z e=v1");

        _stream.Publish(Make.Snapshot(2, Make.Endpoints("e"), Make.Endpoints("z")));
        _stream.GetAcked(ClusterLoadAssignment).ShouldBe("z=v1");

        _stream.Publish(Make.Snapshot(3, Make.Endpoints("e")));
        _stream.GetAcked(ClusterLoadAssignment).ShouldBe("-z");
        _stream.Silent();
    }

    [Fact]
    public void A_listener_renamed_on_its_address_changes_in_one_response_however_large()
    {
        var stream = new DeltaStream(new() { BatchBytes = 10 });
        stream.Publish(Make.Snapshot(1, Make.Listener("a"), Make.Listener("b"))).Subscribe(Listener).GetAcked(Listener);
        stream.Publish(Make.Snapshot(2, Make.Listener("renamed"), Make.Listener("b", "v2")));

        stream.GetAcked(Listener).ShouldBe("-a b=v2 renamed=v1");
    }

    [Fact]
    public void Names_may_be_subscribed_to_up_to_the_limit()
    {
        var stream = new DeltaStream(new() { MaxNames = 3 });
        stream.Subscribe(ClusterLoadAssignment, "a", "b");

        stream.Session.Receive(new DeltaRequest(ClusterLoadAssignment) { Subscribe = ["c", "d"] }, stream.Now)
            .ShouldNotBeNull();
    }

    private static string Version(long term, long seq, EncodedResource resource) =>
        new ResourceVersion(new Generation(term, seq), resource.Hash).ToString();
}
