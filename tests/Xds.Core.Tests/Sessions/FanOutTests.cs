using Shouldly;
using Stagedoor.Xds.Sessions;
using Stagedoor.Xds.Tests.Support;
using Xunit;
using static Stagedoor.Xds.XdsType;

namespace Stagedoor.Xds.Tests.Sessions;

/// <summary>One change to many sessions costs no memory for each of them, and no look at what did not change.</summary>
public sealed class FanOutTests
{
    private const int Rounds = 20;
    private const int WarmUp = 10;

    [Fact]
    public void A_change_to_sessions_in_step_allocates_nothing_per_session()
    {
        var sessions = Enumerable.Range(0, 50).Select(_ => Connected()).ToArray();
        var cell = new SnapshotCell();
        cell.Publish(Base());
        var now = Make.Start;
        var answers = Enumerable.Range(0, Rounds + 2)
            .Select(round => new DeltaRequest(Cluster) { Nonce = Nonce(round) }).ToArray();
        long allocated = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var next = Snapshots.Next(cell.Current!, new Generation(1, round + 2), [Make.Cluster("b", $"v{round}")]);
            cell.Publish(next);
            foreach (var session in sessions)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                session.Observe(next);
                var response = session.Next(now);
                session.Written(now);
                session.Receive(answers[round], now);
                var idle = session.Next(now) is null && session.WakeAt is null && session.UnansweredSince is null;
                // The first session makes what all share, such as the version's text.
                if (round >= WarmUp && session != sessions[0])
                    allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                idle.ShouldBeTrue();
                response!.Value.Resources.ShouldHaveSingleItem().Content().ShouldBe($"v{round}");
                response.Value.Nonce.ShouldBe(answers[round].Nonce);
            }
        }

        allocated.ShouldBe(0);
    }

    [Fact]
    public void All_sessions_in_step_send_the_same_list()
    {
        var sessions = Enumerable.Range(0, 3).Select(_ => Connected()).ToArray();
        var cell = new SnapshotCell();
        cell.Publish(Base());
        var next = Snapshots.Next(cell.Current!, new Generation(1, 2), [Make.Cluster("b", "v2")]);
        cell.Publish(next);

        var lists = sessions.Select(session =>
        {
            session.Observe(next);
            return session.Next(Make.Start)!.Value.Resources;
        }).ToArray();

        lists.ShouldAllBe(list => ReferenceEquals(list, lists[0]));
    }

    [Fact]
    public void A_session_that_is_some_changes_behind_gets_each_changed_name_once()
    {
        var session = Connected();
        var cell = new SnapshotCell();
        cell.Publish(Base());
        for (var seq = 2; seq < 40; seq++)
        {
            cell.Publish(Snapshots.Next(
                cell.Current!, new Generation(1, seq),
                [Make.Cluster(seq % 2 == 0 ? "a" : "n", $"v{seq}")], seq == 30 ? [(Cluster, "b")] : null));
        }

        session.Observe(cell.Current);

        var response = session.Next(Make.Start)!.Value;
        response.Resources.OrderBy(resource => resource.Name).Text().ShouldBe("a=v38 n=v39");
        session.Next(Make.Start).ShouldBeNull();
    }

    [Fact]
    public void A_builder_that_says_what_it_changed_and_one_that_does_not_lead_to_the_same()
    {
        foreach (var says in new[] { true, false })
        {
            var session = Connected();
            var cell = new SnapshotCell();
            cell.Publish(Base());
            var next = Snapshots.Next(cell.Current!, new Generation(1, 2), [Make.Cluster("a", "v2")]);
            cell.Publish(says ? next : next with { Changes = null });

            session.Observe(cell.Current);

            session.Next(Make.Start)!.Value.Resources.Text().ShouldBe("a=v2");
            cell.Current!.Lists.Hash(Cluster).ShouldBe(ListHash.Of(cell.Current.OfType(Cluster).Values));
        }
    }

    // All streams of the process share these texts.
    private static string Nonce(int round) => Nonces.Of(round + 2);

    private static Snapshot Base() => Make.Snapshot(1, Make.Cluster("a"), Make.Cluster("b"));

    private static DeltaSession Connected()
    {
        var session = new DeltaSession(SessionOptions.Default, ClientMemory.Empty);
        session.Observe(Base());
        session.Receive(new DeltaRequest(Cluster), Make.Start).ShouldBeNull();
        session.Next(Make.Start)!.Value.Nonce.ShouldBe("1");
        session.Written(Make.Start);
        session.Receive(new DeltaRequest(Cluster) { Nonce = "1" }, Make.Start).ShouldBeNull();
        session.Next(Make.Start).ShouldBeNull();
        return session;
    }
}
