using Shouldly;
using Stagedoor.Xds.Tests.Support;
using Xunit;
using static Stagedoor.Xds.XdsType;

namespace Stagedoor.Xds.Tests.Sessions;

public sealed class DeltaOrderTests
{
    [Fact]
    public void R24_CDS_EDS_SDS_LDS_RDS_back_to_back_without_any_answer()
    {
        var stream = Connected();
        stream.Publish(Make.Snapshot(
            2, Make.EdsCluster("a", "v2"), Make.Endpoints("a", "v2"), Make.Secret("s", "v2"), Make.Listener("l", "v2"),
            Make.Routes("r", "v2", "a")));

        foreach (var type in new[] { Cluster, ClusterLoadAssignment, Secret, Listener, RouteConfiguration })
            stream.Get(type);
        stream.Silent();
    }

    [Fact]
    public void R23_endpoints_follow_a_changed_or_new_cluster_though_they_are_equal_or_not_asked_for()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.EdsCluster("a", "v2"), Make.EdsCluster("b"), Make.Endpoints("b")));

        stream.GetAcked(Cluster).ShouldBe("a=v2 b=v1");
        stream.GetAcked(ClusterLoadAssignment).ShouldBe("a=v1 b=v1");
        stream.Silent();
    }

    [Fact]
    public void Removal_a_cluster_goes_after_the_route_that_released_it_was_acknowledged_and_a_linger()
    {
        var stream = Connected();
        stream.Publish(Make.Snapshot(
            2, Make.Cluster("b"), Make.Secret("s"), Make.Listener("l"), Make.Routes("r", "v2", "b")));
        stream.GetAcked(Cluster).ShouldBe("b=v1");
        stream.GetAcked(ClusterLoadAssignment).ShouldBe("-a");
        var routes = stream.Get(RouteConfiguration);
        stream.Wait(60).Silent();

        stream.Ack(routes).Silent();
        stream.Wait(9.9).Silent();

        stream.Wait(0.1).GetAcked(Cluster).ShouldBe("-a");
        stream.Silent();
    }

    [Fact]
    public void Removal_a_NACK_of_that_route_keeps_the_cluster()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.Cluster("a"), Make.Cluster("b"), Make.Routes("r", "v2", "b")));
        stream.GetAcked(Cluster);
        stream.Nack(stream.Get(RouteConfiguration), "bad regex");
        stream.Publish(Make.Snapshot(
            3, Make.Cluster("b"), Make.Secret("s"), Make.Listener("l"), Make.Routes("r", "v2", "b")));
        stream.GetAcked(ClusterLoadAssignment);

        stream.Wait(3600).Silent();
    }

    [Fact]
    public void A_route_to_a_new_slowly_warming_cluster_waits_for_the_CDS_answer_and_not_for_more_than_2_s()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.Cluster("slow", "v1", slow: true), Make.Routes("r", "v2", "slow")));
        var cds = stream.Get(Cluster);
        stream.Silent();
        stream.Ack(cds).GetAcked(RouteConfiguration).ShouldBe("r=v2");

        stream.Publish(Changed(
            3, Make.Cluster("slow", "v1", slow: true), Make.Cluster("slow2", "v1", slow: true),
            Make.Routes("r", "v3", "slow2")));
        stream.Get(Cluster);
        stream.Wait(1.9).Silent();
        stream.Wait(0.1).GetAcked(RouteConfiguration).ShouldBe("r=v3");
    }

    [Fact]
    public void A_late_answer_to_an_earlier_CDS_response_is_no_error()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.EdsCluster("a", "v2")));
        var first = stream.Get(Cluster);
        stream.GetAcked(ClusterLoadAssignment);
        stream.Wait(0.3).Publish(Changed(3, Make.EdsCluster("a", "v3")));
        var second = stream.Get(Cluster);
        stream.GetAcked(ClusterLoadAssignment);

        stream.Ack(first).Ack(second).Silent();

        stream.Session.TakeStatus().ShouldNotBeNull()[Cluster].Acknowledged.ShouldBe(new Generation(1, 3));
    }

    [Fact]
    public void I6_routes_go_alone_until_a_client_has_accepted_them_and_the_rejected_one_is_not_sent_again()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.Routes("r", "bad"), Make.Routes("q")));
        stream.Subscribe(RouteConfiguration, "q");

        var sent = new List<string>();
        while (stream.Session.Next(stream.Now) is { } response)
        {
            sent.Add(DeltaStream.Text(response));
            if (sent[^1].Contains("bad")) stream.Nack(response, "wrong");
            else stream.Ack(response);
        }

        sent.Order().ShouldBe(["q=v1", "r=bad"]);
        stream.Wait(3600).Silent();
        stream.Publish(Changed(3, Make.Routes("r", "good"), Make.Routes("q")))
            .GetAcked(RouteConfiguration).ShouldBe("r=good");
    }

    [Fact]
    public void I6_what_was_rejected_in_company_is_offered_once_more_alone_or_without_the_culprit()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.Listener("l", "bad"), Make.Listener("m"), Make.Listener("n")));
        stream.Nack(stream.Get(Listener), "Error adding/updating listener(s) l: wrong");
        stream.GetAcked(Listener).ShouldBe("m=v1 n=v1");

        stream.Publish(Changed(3, Make.Listener("l", "bad2"), Make.Listener("m", "v3"), Make.Listener("n")));
        stream.Nack(stream.Get(Listener), "unclear");
        var sent = new List<string>();
        while (stream.Session.Next(stream.Now) is { } response)
        {
            sent.Add(DeltaStream.Text(response));
            if (sent[^1].Contains("bad")) stream.Nack(response, "unclear");
            else stream.Ack(response);
        }

        sent.Order().ShouldBe(["l=bad2", "m=v3"]);
    }

    private static DeltaStream Connected()
    {
        var stream = new DeltaStream();
        stream.Publish(Changed(1));
        stream.Subscribe(Cluster).GetAcked(Cluster);
        stream.Subscribe(ClusterLoadAssignment, "a").GetAcked(ClusterLoadAssignment);
        stream.Subscribe(Secret, "s").GetAcked(Secret);
        stream.Subscribe(Listener).GetAcked(Listener);
        stream.Subscribe(RouteConfiguration, "r").GetAcked(RouteConfiguration);
        return stream.Silent();
    }

    /// <summary>The resources that every test starts with, except as given.</summary>
    private static Snapshot Changed(long seq, params EncodedResource[] changes)
    {
        EncodedResource[] all =
        [
            Make.EdsCluster("a"), Make.Endpoints("a"), Make.Secret("s"), Make.Listener("l"),
            Make.Routes("r", "v1", "a"),
        ];
        return Make.Snapshot(seq, [.. changes.Concat(all).DistinctBy(resource => (resource.Type, resource.Name))]);
    }
}
