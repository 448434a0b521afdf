using Shouldly;
using Stagedoor.Xds.Tests.Support;
using Xunit;
using static Stagedoor.Xds.XdsType;

namespace Stagedoor.Xds.Tests.Sessions;

public sealed class SotwNackTests
{
    [Fact]
    public void I6_content_rejected_alone_is_not_sent_again_until_it_changes()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.Cluster("a"), Make.Cluster("b", "bad")));
        stream.Nack(stream.Get(Cluster), "something is wrong");

        stream.Wait(3600).Silent();
        stream.Publish(Changed(3, Make.Cluster("a"), Make.Cluster("b", "good")));

        stream.GetAcked(Cluster).Resources.Text().ShouldBe("a=v1 b=good");
        stream.Silent();
    }

    [Fact]
    public void I6_the_predecessor_stands_in_later_sets()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.Cluster("a"), Make.Cluster("b", "bad")));
        stream.Nack(stream.Get(Cluster), "wrong").Silent();

        stream.Publish(Changed(3, Make.Cluster("a", "v2"), Make.Cluster("b", "bad")));

        stream.GetAcked(Cluster).Resources.Text().ShouldBe("a=v2 b=v1");
        stream.Silent();
    }

    [Fact]
    public void I6_new_content_without_a_predecessor_is_left_out()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.Cluster("a"), Make.Cluster("b"), Make.Cluster("c", "bad")));
        stream.Nack(stream.Get(Cluster), "wrong").Silent();

        stream.Publish(Changed(3, Make.Cluster("a", "v2"), Make.Cluster("b"), Make.Cluster("c", "bad")));

        stream.GetAcked(Cluster).Resources.Text().ShouldBe("a=v2 b=v1");
    }

    [Fact]
    public void I6_named_content_is_parked_and_its_company_offered_once_more_without_it()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.Cluster("a", "v2"), Make.Cluster("b", "bad")));
        stream.Nack(stream.Get(Cluster), "Error adding/updating cluster(s) b: no such thing");

        stream.GetAcked(Cluster).Resources.Text().ShouldBe("a=v2 b=v1");
        stream.Silent();
        var status = stream.Status(Cluster);
        status.Rejection.ShouldNotBeNull().Resources.ShouldBe(["b"]);
        status.Rejection.Generation.ShouldBe(new Generation(1, 2));
        status.Acknowledged.ShouldBe(new Generation(1, 2));
    }

    [Fact]
    public void I6_without_a_name_each_is_tried_alone()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.Cluster("a", "v2"), Make.Cluster("b", "bad"), Make.Cluster("c", "v2")));
        stream.Nack(stream.Get(Cluster), "one of them");

        var sets = new List<string>();
        while (stream.Session.Next(stream.Now) is { } trial)
        {
            sets.Add(trial.Resources.Text());
            if (trial.Resources.Text().Contains("bad")) stream.Nack(trial, "one of them");
            else stream.Ack(trial);
        }

        sets.ShouldBe(["a=v2 b=v1", "a=v2 b=bad", "a=v2 b=v1 c=v2"]);
        stream.Status(Cluster).Rejection.ShouldNotBeNull().Resources.ShouldBe(["b"]);
    }

    [Fact]
    public void I6_at_most_two_sends_to_a_client_that_rejects_everything()
    {
        var stream = Connected();
        var sends = new Dictionary<string, int>();
        stream.Publish(Changed(
            2, Make.Cluster("a", "x"), Make.Cluster("b", "x"), Make.Endpoints("e", "x"), Make.Routes("r", "x"),
            Make.Routes("s", "x"), Make.Listener("l", "x"), Make.Listener("m", "x")));
        for (var i = 0; i < 100; i++)
        {
            stream.Wait(0.1);
            if (stream.Session.Next(stream.Now) is not { } response) continue;
            foreach (var resource in response.Resources.Where(resource => resource.Content() == "x"))
                sends[resource.Name] = sends.GetValueOrDefault(resource.Name) + 1;
            stream.Nack(response, "no");
        }

        sends.Keys.Order().ShouldBe(["a", "b", "e", "l", "m", "r", "s"]);
        sends.Values.ShouldAllBe(count => count <= 2);
        stream.Wait(3600).Silent();
    }

    [Fact]
    public void R04_a_NACK_of_one_type_leaves_the_others_alone()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.Cluster("a"), Make.Cluster("b", "bad"), Make.Endpoints("e")));
        stream.Nack(stream.Get(Cluster), "wrong");

        stream.Publish(Changed(3, Make.Cluster("a"), Make.Cluster("b", "bad"), Make.Endpoints("e", "v2")));

        stream.GetAcked(ClusterLoadAssignment).Resources.Text().ShouldBe("e=v2");
        stream.Silent();
    }

    [Fact]
    public void Routes_that_no_client_has_accepted_yet_go_alone_and_accepted_ones_together()
    {
        var snapshot = Make.Snapshot(1, Make.Routes("r"), Make.Routes("s"), Make.Routes("t"));
        var first = new SotwStream().Publish(snapshot).Ask(RouteConfiguration, "r", "s", "t");
        for (var i = 0; i < 3; i++) first.GetAcked(RouteConfiguration).Resources.Count.ShouldBe(1);
        first.Silent();

        var second = new SotwStream().Publish(snapshot).Ask(RouteConfiguration, "r", "s", "t");

        second.GetAcked(RouteConfiguration).Resources.Count.ShouldBe(3);
    }

    [Fact]
    public void Another_clients_acknowledged_content_stands_in_for_a_new_client()
    {
        var other = Connected();
        var stream = new SotwStream();
        other.Publish(Changed(2, Make.Cluster("a"), Make.Cluster("b", "bad")));
        stream.Session.Observe(other.Cell.Current);
        stream.Ask(Cluster).Nack(stream.Get(Cluster), "cluster b is bad");

        stream.GetAcked(Cluster).Resources.Text().ShouldBe("a=v1 b=v1");
    }

    [Fact]
    public void A_suspect_that_another_client_accepted_is_cleared()
    {
        var other = Connected();
        var next = Changed(2, Make.Cluster("a", "v2"), Make.Cluster("b"));
        other.Publish(next).GetAcked(Cluster);
        var stream = Connected();
        stream.Session.Observe(next);
        stream.GetAcked(Cluster);
        var last = Changed(3, Make.Cluster("a", "v2"), Make.Cluster("b", "bad"));
        stream.Publish(last).Nack(stream.Get(Cluster), "unclear");

        stream.Silent();
        stream.Status(Cluster).Rejection.ShouldNotBeNull().Resources.ShouldBe(["b"]);
    }

    [Fact]
    public void The_rejection_stays_in_the_status_while_the_rejected_content_is_current()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.Cluster("a"), Make.Cluster("b", "bad")));
        stream.Nack(stream.Get(Cluster), "wrong").Silent();
        stream.Publish(Changed(3, Make.Cluster("a", "v3"), Make.Cluster("b", "bad"))).GetAcked(Cluster);
        stream.Silent();
        stream.Status(Cluster).Rejection.ShouldNotBeNull();

        stream.Publish(Changed(4, Make.Cluster("a", "v3"), Make.Cluster("b", "v4"))).GetAcked(Cluster);
        stream.Silent();

        var status = stream.Status(Cluster);
        status.Rejection.ShouldBeNull();
        status.Acknowledged.ShouldBe(new Generation(1, 4));
    }

    [Fact]
    public void Content_that_was_rejected_is_not_sent_when_it_comes_back()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.Cluster("a"), Make.Cluster("b", "bad")));
        stream.Nack(stream.Get(Cluster), "wrong").Silent();
        stream.Publish(Changed(3, Make.Cluster("a"), Make.Cluster("b", "v3"))).GetAcked(Cluster);

        stream.Publish(Changed(4, Make.Cluster("a"), Make.Cluster("b", "bad"))).Silent();
        stream.Publish(Changed(5, Make.Cluster("a", "v5"), Make.Cluster("b", "bad")));

        stream.GetAcked(Cluster).Resources.Text().ShouldBe("a=v5 b=v3");
    }

    [Fact]
    public void A_late_NACK_of_an_earlier_response_is_heard()
    {
        var stream = Connected();
        stream.Publish(Changed(2, Make.Cluster("a"), Make.Cluster("b"), Make.Routes("r", "bad"), Make.Routes("s")));
        var bad = stream.Get(RouteConfiguration);
        stream.Wait(2).Publish(Changed(
            3, Make.Cluster("a"), Make.Cluster("b"), Make.Routes("r", "bad"), Make.Routes("s", "v3")));
        var good = stream.Get(RouteConfiguration);

        stream.Nack(bad, "wrong").Ack(good).Wait(60).Silent();

        stream.Status(RouteConfiguration).Rejection.ShouldNotBeNull().Resources.ShouldBe(["r"]);
    }

    private static SotwStream Connected()
    {
        var stream = new SotwStream();
        stream.Publish(Changed(1));
        stream.Ask(Cluster).GetAcked(Cluster);
        stream.Ask(ClusterLoadAssignment, "e").GetAcked(ClusterLoadAssignment);
        stream.Ask(Listener).GetAcked(Listener);
        stream.Ask(RouteConfiguration, "r", "s").GetAcked(RouteConfiguration);
        stream.GetAcked(RouteConfiguration);
        return stream.Silent();
    }

    /// <summary>The resources that every test starts with, except as given.</summary>
    private static Snapshot Changed(long seq, params EncodedResource[] changes)
    {
        EncodedResource[] all =
        [
            Make.Cluster("a"), Make.Cluster("b"), Make.Endpoints("e"), Make.Routes("r"), Make.Routes("s"),
            Make.Listener("l"), Make.Listener("m"),
        ];
        return Make.Snapshot(seq, [.. changes.Concat(all).DistinctBy(resource => (resource.Type, resource.Name))]);
    }
}
