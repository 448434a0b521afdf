using Shouldly;
using Stagedoor.Xds.Sessions;
using Stagedoor.Xds.Tests.Support;
using Xunit;
using static Stagedoor.Xds.XdsType;

namespace Stagedoor.Xds.Tests.Sessions;

public sealed class SotwOrderTests
{
    private readonly SotwStream _stream = new();

    [Fact]
    public void R24_CDS_EDS_SDS_LDS_RDS_back_to_back_without_any_answer()
    {
        var first = Connected();
        first.Publish(Make.Snapshot(
            2, Make.EdsCluster("a", "v2"), Make.Endpoints("a", "v2"), Make.Secret("s", "v2"), Make.Listener("l", "v2"),
            Make.Routes("r", "v2", "a")));

        foreach (var type in new[] { Cluster, ClusterLoadAssignment, Secret, Listener, RouteConfiguration })
            first.Get(type);
        first.Silent();
    }

    [Fact]
    public void R23_endpoints_follow_a_changed_cluster_though_they_are_equal()
    {
        var stream = Connected();
        stream.Publish(Make.Snapshot(
            2, Make.EdsCluster("a", "v2"), Make.Endpoints("a"), Make.Secret("s"), Make.Listener("l"),
            Make.Routes("r", "v1", "a")));

        stream.Get(Cluster);
        stream.GetAcked(ClusterLoadAssignment).Resources.Text().ShouldBe("a=v1");
        stream.Silent();
    }

    [Fact]
    public void R23_endpoints_follow_though_the_last_EDS_response_is_not_answered()
    {
        var stream = Connected();
        stream.Publish(Make.Snapshot(2, Make.EdsCluster("a"), Make.Endpoints("a", "v2")));
        stream.Get(ClusterLoadAssignment);
        stream.Get(Listener);
        stream.Publish(Make.Snapshot(3, Make.EdsCluster("a", "v3"), Make.Endpoints("a", "v2")));

        stream.Get(Cluster);
        stream.Get(ClusterLoadAssignment).Resources.Text().ShouldBe("a=v2");
    }

    [Fact]
    public void R23_two_clusters_that_share_an_assignment()
    {
        var stream = Connected();
        stream.Publish(Make.Snapshot(2, Make.EdsCluster("a"), Make.EdsCluster("b", "v1", "a"), Make.Endpoints("a")));

        stream.Get(Cluster);
        stream.Get(ClusterLoadAssignment).Resources.Text().ShouldBe("a=v1");
    }

    [Fact]
    public void Patience_CDS_waits_250_ms_for_its_answer_and_the_others_2_s()
    {
        var stream = Connected();
        stream.Publish(Make.Snapshot(2, Make.Cluster("a", "v2"), Make.Listener("l", "v2")));
        stream.Get(Cluster);
        stream.Get(Listener);
        stream.Publish(Make.Snapshot(3, Make.Cluster("a", "v3"), Make.Listener("l", "v3"))).Silent();
        stream.Session.WakeAt.ShouldBe(stream.Now + TimeSpan.FromMilliseconds(250));

        stream.Wait(0.25).Get(Cluster).Resources.Text().ShouldBe("a=v3");
        stream.Silent();
        stream.Wait(1.75).Get(Listener).Resources.Text().ShouldBe("l=v3");
        stream.Silent();
    }

    [Fact]
    public void Patience_begins_when_the_response_was_written()
    {
        _stream.Publish(Make.Snapshot(1, Make.Cluster("a"))).Ask(Cluster);
        _stream.Session.Next(_stream.Now).ShouldNotBeNull();
        _stream.Wait(5).Session.Written(_stream.Now);
        _stream.Publish(Make.Snapshot(2, Make.Cluster("a", "v2")));

        _stream.Silent();
        _stream.Wait(0.25).Get(Cluster);
    }

    [Fact]
    public void I3_a_route_waits_until_its_new_cluster_was_offered()
    {
        var stream = Connected();
        stream.Publish(Make.Snapshot(2, Make.EdsCluster("a", "v2"), Make.Endpoints("a"), Make.Routes("r", "v1", "a")));
        stream.Get(Cluster);
        stream.GetAcked(ClusterLoadAssignment);
        stream.Get(Listener);
        stream.Publish(Make.Snapshot(
            3, Make.EdsCluster("a", "v2"), Make.Cluster("new"), Make.Endpoints("a"), Make.Routes("r", "v3", "new")));

        stream.Silent();
        stream.Wait(0.25).Get(Cluster).Resources.Text().ShouldBe("a=v2 new=v1");
        stream.Get(ClusterLoadAssignment);
        stream.Get(RouteConfiguration).Resources.Text().ShouldBe("r=v3");
    }

    [Fact]
    public void A_route_to_a_new_slowly_warming_cluster_waits_for_the_CDS_answer()
    {
        var stream = Connected();
        stream.Publish(NewSlowCluster());
        var cds = stream.Get(Cluster);
        stream.Silent();
        stream.Session.WakeAt.ShouldBe(stream.Now + TimeSpan.FromSeconds(2));

        stream.Ack(cds);

        stream.Get(RouteConfiguration).Resources.Text().ShouldBe("r=v2");
    }

    [Fact]
    public void But_not_for_more_than_2_s()
    {
        var stream = Connected();
        stream.Publish(NewSlowCluster()).Get(Cluster);
        stream.Wait(1.9).Silent();

        stream.Wait(0.1).Get(RouteConfiguration);
    }

    [Fact]
    public void And_not_at_all_if_so_set()
    {
        var stream = Connected(SessionOptions.Default with { WarmingWait = TimeSpan.Zero });
        stream.Publish(NewSlowCluster()).Get(Cluster);

        stream.Get(RouteConfiguration);
    }

    [Fact]
    public void And_not_for_a_cluster_that_the_client_had()
    {
        var stream = Connected();
        stream.Publish(Make.Snapshot(
            2, Make.Cluster("a", "slow now", slow: true), Make.Endpoints("a"), Make.Listener("l"),
            Make.Routes("r", "v2", "a")));
        stream.Get(Cluster);

        stream.Get(RouteConfiguration);
    }

    [Fact]
    public void Removal_a_cluster_goes_after_the_route_that_released_it_was_acknowledged_and_a_linger()
    {
        var stream = Connected();
        stream.Publish(
            Make.Snapshot(2, Make.Cluster("b"), Make.Listener("l"), Make.Secret("s"), Make.Routes("r", "v2", "b")));

        stream.GetAcked(Cluster).Resources.Text().ShouldBe("a=v1 b=v1");
        var routes = stream.Get(RouteConfiguration);
        stream.Wait(60).Silent();
        stream.Ack(routes).Silent();
        stream.Session.WakeAt.ShouldBe(stream.Now + TimeSpan.FromSeconds(10));
        stream.Wait(9.9).Silent();

        stream.Wait(0.1).GetAcked(Cluster).Resources.Text().ShouldBe("b=v1");
        stream.Silent();
    }

    [Fact]
    public void Removal_a_NACK_of_that_route_keeps_the_cluster()
    {
        var stream = Connected();
        stream.Publish(Make.Snapshot(2, Make.Cluster("b"), Make.Listener("l"), Make.Routes("r", "v2", "b")));
        stream.GetAcked(Cluster);
        stream.Nack(stream.Get(RouteConfiguration), "bad regex");

        stream.Wait(3600).Silent();
        stream.Publish(Make.Snapshot(3, Make.Cluster("b"), Make.Listener("l"), Make.Routes("r", "v3", "b")));
        stream.GetAcked(RouteConfiguration);

        stream.Silent();
        stream.Wait(10).GetAcked(Cluster).Resources.Text().ShouldBe("b=v1");
    }

    [Fact]
    public void Removal_a_cluster_that_comes_back_was_never_away()
    {
        var stream = Connected();
        stream.Publish(Make.Snapshot(2, Make.Listener("l"), Make.Routes("r", "v2"))).GetAcked(RouteConfiguration);
        stream.Silent();
        stream.Wait(5).Publish(Make.Snapshot(3, Make.EdsCluster("a"), Make.Listener("l"), Make.Routes("r", "v3", "a")));

        stream.GetAcked(RouteConfiguration);

        stream.Wait(60).Silent();
    }

    [Fact]
    public void A_listener_renamed_on_its_address_changes_in_one_response()
    {
        var stream = Connected();
        stream.Publish(Make.Snapshot(2, Make.EdsCluster("a"), Make.Listener("renamed"), Make.Routes("r", "v1", "a")));

        stream.GetAcked(Listener).Resources.Text().ShouldBe("renamed=v1");
        stream.Silent();
    }

    [Fact]
    public void Endpoints_go_in_slices_back_to_back()
    {
        var stream = new SotwStream(SessionOptions.Default with { BatchBytes = 100 });
        var names = Enumerable.Range(0, 50).Select(i => $"e{i:00}").ToArray();
        stream.Publish(Make.Snapshot(1, [.. names.Select(name => Make.Endpoints(name, "0123456789"))]));
        stream.Ask(ClusterLoadAssignment, names);

        var received = new List<string>();
        while (stream.Session.Next(stream.Now) is { } response)
        {
            response.Resources.Sum(resource => resource.Resource.Bytes.Length).ShouldBeLessThanOrEqualTo(100);
            received.AddRange(response.Resources.Select(resource => resource.Name));
        }

        received.Order().ShouldBe(names);
    }

    private static SotwStream Connected(SessionOptions? options = null)
    {
        var stream = new SotwStream(options);
        stream.Publish(Make.Snapshot(
            1, Make.EdsCluster("a"), Make.Endpoints("a"), Make.Secret("s"), Make.Listener("l"),
            Make.Routes("r", "v1", "a")));
        stream.Ask(Cluster).GetAcked(Cluster);
        stream.Ask(ClusterLoadAssignment, "a").GetAcked(ClusterLoadAssignment);
        stream.Ask(Secret, "s").GetAcked(Secret);
        stream.Ask(Listener).GetAcked(Listener);
        stream.Ask(RouteConfiguration, "r").GetAcked(RouteConfiguration);
        return stream.Silent();
    }

    private static Snapshot NewSlowCluster() => Make.Snapshot(
        2, Make.EdsCluster("a"), Make.Cluster("slow", "v1", slow: true), Make.Endpoints("a"), Make.Secret("s"),
        Make.Listener("l"), Make.Routes("r", "v2", "slow"));
}
