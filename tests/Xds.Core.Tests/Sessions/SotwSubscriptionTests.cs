using Shouldly;
using Stagedoor.Xds.Tests.Support;
using Xunit;
using static Stagedoor.Xds.XdsType;

namespace Stagedoor.Xds.Tests.Sessions;

public sealed class SotwSubscriptionTests
{
    private readonly SotwStream _stream = new SotwStream().Publish(Make.Snapshot(
        1, Make.Cluster("A"), Make.Cluster("B"), Make.Cluster("C"), Make.Endpoints("A"), Make.Endpoints("B")));

    [Fact]
    public void R10_the_four_steps_of_the_protocol_document()
    {
        var all = _stream.Ask(Cluster).GetAcked(Cluster);
        all.Resources.Count.ShouldBe(3);

        var both = _stream.Request(Cluster, all.Version, all.Nonce, "*", "A").GetAcked(Cluster);
        both.Resources.Count.ShouldBe(3);

        _stream.Request(Cluster, both.Version, both.Nonce, "A").Silent();
        _stream.Publish(Make.Snapshot(2, Make.Cluster("A", "v2"), Make.Cluster("B", "v2"), Make.Cluster("C")));
        var one = _stream.GetAcked(Cluster);
        one.Resources.Text().ShouldBe("A=v2");

        _stream.Request(Cluster, one.Version, one.Nonce).Silent();
        _stream.Publish(Make.Snapshot(3, Make.Cluster("A", "v3"), Make.Cluster("B"), Make.Cluster("C"))).Silent();
    }

    [Fact]
    public void R10_an_empty_list_after_names_is_no_wildcard()
    {
        var response = _stream.Ask(ClusterLoadAssignment, "A").GetAcked(ClusterLoadAssignment);

        _stream.Request(ClusterLoadAssignment, response.Version, response.Nonce).Silent();
        _stream.Publish(Make.Snapshot(2, Make.Endpoints("A", "v2"), Make.Endpoints("B", "v2"))).Silent();
    }

    [Fact]
    public void An_empty_name_is_the_name_of_nothing()
    {
        var response = _stream.Ask(Cluster, "A", "B").GetAcked(Cluster);

        _stream.Request(Cluster, response.Version, response.Nonce, "").Wait(5).Silent();
        _stream.Publish(Make.Snapshot(2, Make.Cluster("A", "v2"), Make.Cluster("B"))).Silent();
    }

    [Fact]
    public void R11_a_name_asked_for_anew_is_sent_though_it_was_sent_unasked()
    {
        _stream.Publish(Make.Snapshot(2, Make.EdsCluster("A"), Make.Endpoints("A")));
        _stream.Ask(Cluster).Ask(ClusterLoadAssignment, "other");
        _stream.Get(Cluster);
        var unasked = _stream.Get(ClusterLoadAssignment);
        unasked.Resources.Text().ShouldBe("A=v1");

        _stream.Ack(unasked, "A", "other");

        _stream.GetAcked(ClusterLoadAssignment).Resources.Text().ShouldBe("A=v1");
        _stream.Silent();
    }

    [Fact]
    public void Names_only_grow_and_the_answer_comes_though_versions_are_equal()
    {
        var first = _stream.Ask(ClusterLoadAssignment, "A").GetAcked(ClusterLoadAssignment);

        _stream.Request(ClusterLoadAssignment, first.Version, first.Nonce, "A", "B");

        var second = _stream.GetAcked(ClusterLoadAssignment);
        second.Resources.Text().ShouldBe("B=v1");
        second.Version.ShouldBe(first.Version);
    }

    [Fact]
    public void Names_that_grow_in_CDS_get_the_whole_subset()
    {
        var first = _stream.Ask(Cluster, "A").GetAcked(Cluster);

        _stream.Request(Cluster, first.Version, first.Nonce, "A", "C").GetAcked(Cluster).Resources.Text()
            .ShouldBe("A=v1 C=v1");
    }

    [Fact]
    public void Names_that_shrink_get_no_answer_and_no_updates()
    {
        var first = _stream.Ask(ClusterLoadAssignment, "A", "B").GetAcked(ClusterLoadAssignment);

        _stream.Request(ClusterLoadAssignment, first.Version, first.Nonce, "B").Silent();
        _stream.Publish(Make.Snapshot(2, Make.Endpoints("A", "v2"), Make.Endpoints("B", "v2")));

        _stream.GetAcked(ClusterLoadAssignment).Resources.Text().ShouldBe("B=v2");
        _stream.Silent();
    }

    [Fact]
    public void R15_a_name_that_does_not_exist_is_remembered()
    {
        _stream.Ask(ClusterLoadAssignment, "A", "Z").GetAcked(ClusterLoadAssignment).Resources.Text().ShouldBe("A=v1");
        _stream.Silent();

        _stream.Publish(Make.Snapshot(2, Make.Endpoints("A"), Make.Endpoints("Z")));

        _stream.GetAcked(ClusterLoadAssignment).Resources.Text().ShouldBe("Z=v1");
    }

    [Fact]
    public void R15_also_in_CDS_with_the_subset_that_exists()
    {
        _stream.Ask(Cluster, "A", "Z").GetAcked(Cluster).Resources.Text().ShouldBe("A=v1");

        _stream.Publish(Make.Snapshot(2, Make.Cluster("A"), Make.Cluster("Z"), Make.Cluster("B")));

        _stream.GetAcked(Cluster).Resources.Text().ShouldBe("A=v1 Z=v1");
    }

    [Fact]
    public void R18_an_absent_assignment_is_not_removed_and_no_empty_response_is_sent()
    {
        _stream.Ask(ClusterLoadAssignment, "A", "B").GetAcked(ClusterLoadAssignment);

        _stream.Publish(Make.Snapshot(2, Make.Endpoints("A"))).Wait(60).Silent();
        _stream.Publish(Make.Snapshot(3, Make.Endpoints("A"), Make.Endpoints("B", "v3")));

        _stream.GetAcked(ClusterLoadAssignment).Resources.Text().ShouldBe("B=v3");
    }

    [Fact]
    public void A_first_request_for_nothing_gets_nothing() => _stream.Ask(Cluster, "").Wait(5).Silent();

    [Fact]
    public void A_name_that_does_not_exist_is_answered_early_in_a_full_set() =>
        _stream.Ask(Listener, "api").GetAcked(Listener).Resources.ShouldBeEmpty();

    [Fact]
    public void Endpoints_with_an_empty_first_list_are_a_wildcard() =>
        _stream.Ask(ClusterLoadAssignment).Get(ClusterLoadAssignment).Resources.Text().ShouldBe("A=v1 B=v1");
}
