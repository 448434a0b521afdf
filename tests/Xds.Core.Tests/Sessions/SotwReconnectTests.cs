using Shouldly;
using Stagedoor.Xds.Tests.Support;
using Xunit;
using static Stagedoor.Xds.XdsType;

namespace Stagedoor.Xds.Tests.Sessions;

public sealed class SotwReconnectTests
{
    [Fact]
    public void A_cluster_that_went_while_the_client_was_away_stays_until_its_routes_are_replaced()
    {
        var cell = new SnapshotCell();
        var first = Make.Snapshot(1, Make.Cluster("a"), Make.Cluster("b"), Make.Routes("r", "v1", "b"));
        cell.Publish(first);
        var before = new SotwStream();
        before.Session.Observe(first);
        var clusters = before.Ask(Cluster).GetAcked(Cluster);
        var routes = before.Ask(RouteConfiguration, "r").GetAcked(RouteConfiguration);
        cell.Publish(Make.Snapshot(2, Make.Cluster("a"), Make.Routes("r", "v2", "a")));
        cell.Publish(Make.Snapshot(3, Make.Cluster("a", "v3"), Make.Routes("r", "v2", "a")));

        var after = new SotwStream();
        after.Session.Observe(cell.Current);
        after.Request(Cluster, clusters.Version, "").Request(RouteConfiguration, routes.Version, "", "r");

        after.GetAcked(Cluster).Resources.Text().ShouldBe("a=v3 b=v1");
        after.GetAcked(RouteConfiguration).Resources.Text().ShouldBe("r=v2");
        after.Silent();
        after.Wait(10).GetAcked(Cluster).Resources.Text().ShouldBe("a=v3");
    }

    [Fact]
    public void A_new_client_never_sees_it()
    {
        var cell = new SnapshotCell();
        cell.Publish(Make.Snapshot(1, Make.Cluster("a"), Make.Cluster("b")));
        cell.Publish(Make.Snapshot(2, Make.Cluster("a")));
        var stream = new SotwStream();
        stream.Session.Observe(cell.Current);

        stream.Ask(Cluster).GetAcked(Cluster).Resources.Text().ShouldBe("a=v1");
    }
}
