using Shouldly;
using Stagedoor.Xds.Tests.Support;
using Xunit;
using static Stagedoor.Xds.XdsType;

namespace Stagedoor.Xds.Tests.Rules;

/// <summary>
/// Rules of the xDS protocol (reliability.md 4.1) that no other test carries in its name; where the real Envoy says
/// otherwise (envoy.md), the corrected rule.
/// </summary>
public sealed class ProtocolRulesTests
{
    [Fact]
    public void R08_corrected_unchanged_content_is_sent_again_where_Envoy_needs_it_and_nowhere_else()
    {
        var stream = Delta(Make.EdsCluster("a"), Make.Endpoints("a"), Make.Cluster("b"));
        stream.Subscribe(Cluster).GetAcked(Cluster);
        stream.Subscribe(ClusterLoadAssignment, "a").GetAcked(ClusterLoadAssignment);

        stream.Publish(Make.Snapshot(2, Make.EdsCluster("a"), Make.Endpoints("a"), Make.Cluster("b", "v2")));
        stream.GetAcked(Cluster).ShouldBe("b=v2");
        stream.Silent();

        stream.Publish(Make.Snapshot(3, Make.EdsCluster("a", "v3"), Make.Endpoints("a"), Make.Cluster("b", "v2")));
        stream.GetAcked(Cluster).ShouldBe("a=v3");
        stream.GetAcked(ClusterLoadAssignment).ShouldBe("a=v1");
        stream.Silent();
    }

    [Fact]
    public void R09_after_a_NACK_every_resource_of_the_response_is_unknown_and_the_good_ones_go_again()
    {
        var stream = Delta(Make.Listener("a"), Make.Listener("b", "bad"), Make.Listener("c"));
        stream.Subscribe(Listener).Nack(stream.Get(Listener), "Error adding/updating listener(s) b: no");

        stream.GetAcked(Listener).ShouldBe("a=v1 c=v1");
        stream.Silent();
        stream.Session.TakeStatus()![Listener].Rejection!.Resources.ShouldBe(["b"]);
    }

    [Fact]
    public void R16_a_name_on_demand_that_nobody_has_is_answered_at_once()
    {
        var stream = Delta(Make.Cluster("a"));

        stream.Subscribe(VirtualHost, "routes/www.example.com");

        stream.GetAcked(VirtualHost).ShouldBe("-routes/www.example.com");
        stream.Silent();
    }

    [Fact]
    public void R20_a_change_in_a_resource_sends_it_whole()
    {
        var stream = Delta(Make.Routes("r", "host-a host-b"));
        stream.Subscribe(RouteConfiguration, "r").GetAcked(RouteConfiguration);

        stream.Publish(Make.Snapshot(2, Make.Routes("r", "host-a host-c")));

        stream.GetAcked(RouteConfiguration).ShouldBe("r=host-a host-c");
    }

    [Fact]
    public void R21_a_reconnect_in_state_of_the_world_is_answered_though_its_version_is_current()
    {
        var stream = new SotwStream();
        stream.Publish(Make.Snapshot(1, Make.Cluster("a")));
        stream.Ask(Cluster);
        var version = stream.GetAcked(Cluster).Version;

        var again = new SotwStream();
        again.Publish(Make.Snapshot(1, Make.Cluster("a")));
        again.Request(Cluster, version, "");

        again.GetAcked(Cluster).Version.ShouldBe(version);
        again.Silent();
    }

    [Fact]
    public void R25_corrected_the_CDS_answer_is_the_sign_that_a_cluster_is_warm_and_only_slow_ones_are_waited_for()
    {
        var stream = Delta(Make.Cluster("old"), Make.Routes("r", "v1", "old"));
        stream.Subscribe(Cluster).GetAcked(Cluster);
        stream.Subscribe(RouteConfiguration, "r").GetAcked(RouteConfiguration);

        stream.Publish(Make.Snapshot(2, Make.Cluster("old"), Make.Cluster("new"), Make.Routes("r", "v2", "new")));
        stream.Get(Cluster);
        stream.GetAcked(RouteConfiguration).ShouldBe("r=v2");

        stream.Wait(1).Publish(Make.Snapshot(
            3, Make.Cluster("old"), Make.Cluster("new"), Make.Cluster("slow", "v1", slow: true),
            Make.Routes("r", "v3", "slow")));
        var warming = stream.Get(Cluster);
        stream.Silent();
        stream.Ack(warming).GetAcked(RouteConfiguration).ShouldBe("r=v3");
    }

    [Fact]
    public void R29_what_has_no_time_to_live_gets_no_heartbeat()
    {
        var stream = new DeltaStream(supportsTtl: true);
        stream.Publish(Make.Snapshot(1, Make.Cluster("a")));
        stream.Subscribe(Cluster).GetAcked(Cluster);

        stream.Silent();
        stream.Session.WakeAt.ShouldBeNull();
        stream.Wait(3600).Silent();
    }

    private static DeltaStream Delta(params EncodedResource[] resources) =>
        new DeltaStream().Publish(Make.Snapshot(1, resources));
}
