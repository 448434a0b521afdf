using Shouldly;
using Stagedoor.Xds.Sessions;
using Stagedoor.Xds.Tests.Support;
using Xunit;
using static Stagedoor.Xds.XdsType;

namespace Stagedoor.Xds.Tests.Rules;

/// <summary>Design 4: at most two sends of any content, also to a client that rejects everything.</summary>
public sealed class RejectEverythingTests
{
    private static readonly XdsType[] Types =
        [Cluster, ClusterLoadAssignment, Secret, Listener, RouteConfiguration];

    public static TheoryData<string> Errors =>
    [
        "something is wrong",
        "Error adding/updating cluster(s) c1: wrong",
        "Error adding/updating listener(s) l1: wrong",
    ];

    [Theory]
    [MemberData(nameof(Errors))]
    public void R08_no_content_is_sent_more_than_twice_to_a_delta_client_that_rejects_everything(string error)
    {
        var stream = new DeltaStream().Publish(World("v1"));
        stream.Subscribe(Cluster).Subscribe(ClusterLoadAssignment, "c0", "c1", "c2").Subscribe(Secret, "s");
        stream.Subscribe(Listener).Subscribe(RouteConfiguration, "r0", "r1", "r2");
        RejectAll(stream.Session, () => stream.Now, seconds => stream.Wait(seconds), error,
            (response, text) => stream.Nack(response, text));

        // Unchanged content stays parked; new content gets its two chances.
        stream.Publish(World("v1", 2)).Wait(600).Silent();
        stream.Publish(World("v2", 3));
        RejectAll(stream.Session, () => stream.Now, seconds => stream.Wait(seconds), error,
            (response, text) => stream.Nack(response, text));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void R08_no_content_is_sent_more_than_twice_to_a_client_of_state_of_the_world_that_rejects_everything(
        string error)
    {
        var stream = new SotwStream().Publish(World("v1"));
        stream.Ask(Cluster).Ask(ClusterLoadAssignment, "c0", "c1", "c2").Ask(Secret, "s");
        stream.Ask(Listener).Ask(RouteConfiguration, "r0", "r1", "r2");
        RejectAll(stream.Session, () => stream.Now, seconds => stream.Wait(seconds), error,
            (response, text) => stream.Nack(response, text));

        stream.Publish(World("v2", 2));
        RejectAll(stream.Session, () => stream.Now, seconds => stream.Wait(seconds), error,
            (response, text) => stream.Nack(response, text));
    }

    [Fact]
    public void R08_the_predecessor_stands_in_the_set_so_that_later_responses_are_accepted()
    {
        var stream = new SotwStream().Publish(Make.Snapshot(1, Make.Listener("a"), Make.Listener("b")));
        stream.Ask(Listener).GetAcked(Listener);
        stream.Publish(Make.Snapshot(2, Make.Listener("a", "bad"), Make.Listener("b")));
        stream.Nack(stream.Get(Listener), "Error adding/updating listener(s) a: wrong").Silent();

        stream.Publish(Make.Snapshot(3, Make.Listener("a", "bad"), Make.Listener("b", "v3")));
        stream.GetAcked(Listener).Resources.Text().ShouldBe("a=v1 b=v3");
        stream.Silent();

        stream.Publish(Make.Snapshot(4, Make.Listener("a", "good"), Make.Listener("b", "v3")));
        stream.GetAcked(Listener).Resources.Text().ShouldBe("a=good b=v3");
        stream.Silent();
    }

    [Fact]
    public void R04_endpoints_flow_on_while_everything_else_is_rejected()
    {
        var stream = new DeltaStream().Publish(World("v1"));
        stream.Subscribe(Cluster).Subscribe(ClusterLoadAssignment, "c0", "c1", "c2");
        stream.Nack(stream.Get(Cluster), "wrong");
        while (stream.Session.Next(stream.Now) is { } response)
        {
            if (response.Type == Cluster) stream.Nack(response, "wrong");
            else stream.Ack(response);
        }

        var world = Snapshots.Next(World("v1"), new Generation(1, 2), [Make.Endpoints("c1", "v2")]);
        stream.Publish(world).GetAcked(ClusterLoadAssignment).ShouldBe("c1=v2");
    }

    private static void RejectAll(
        XdsSession session, Func<DateTimeOffset> now, Action<double> wait, string error,
        Action<XdsResponse, string> nack)
    {
        var sends = new Dictionary<(XdsType, string, ResourceHash), int>();
        for (var idle = 0; idle < 5;)
        {
            if (session.Next(now()) is not { } response)
            {
                idle++;
                wait(60);
                continue;
            }

            session.Written(now());
            idle = 0;
            foreach (var resource in response.Resources)
            {
                var content = (response.Type, resource.Name, resource.Hash);
                sends[content] = sends.GetValueOrDefault(content) + 1;
                sends[content].ShouldBeLessThanOrEqualTo(2, $"{content}");
            }

            nack(response, error);
        }

        sends.Keys.Select(content => content.Item1).Distinct().Order().ShouldBe(Types.Order());
        session.TakeStatus()![Cluster].Rejection.ShouldNotBeNull();
    }

    private static Snapshot World(string content, long seq = 1) => Make.Snapshot(
        seq,
        [
            .. Enumerable.Range(0, 3).SelectMany(at => new[]
            {
                Make.EdsCluster($"c{at}", content), Make.Endpoints($"c{at}", content),
                Make.Listener($"l{at}", content), Make.Routes($"r{at}", content, $"c{at}"),
            }),
            Make.Secret("s", content),
        ]);
}
