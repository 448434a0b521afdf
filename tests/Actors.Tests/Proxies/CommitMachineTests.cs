using System.Collections.Immutable;
using CsCheck;
using Shouldly;
using Stagedoor.Actors.Proxies;
using Stagedoor.Actors.Storage;
using Stagedoor.Xds;
using Xunit;

namespace Stagedoor.Actors.Tests.Proxies;

/// <summary>When a proxy offers what: rules I1, I2 and I7 under any order of events.</summary>
public sealed class CommitMachineTests
{
    private const string Proxy = "ns~name";
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void A_change_is_offered_when_the_journal_has_it()
    {
        var machine = Started();

        var written = machine.Translated(List("r1"), Now).OfType<Write>().Single();
        machine.IsServing.ShouldBeFalse();
        var offer = machine.Journalled(written.Target.Generation, Now).OfType<Offer>().Single();

        offer.Now.Generation.ShouldBe(new Generation(1, 1));
        machine.IsDurable.ShouldBeTrue();
    }

    [Fact]
    public void Endpoints_never_wait()
    {
        var machine = Serving("r1", "e1");
        var inFlight = machine.Translated(List("r2", "e1"), Now).OfType<Write>().Single();

        var urgent = machine.Translated(List("r2", "e2"), Now).OfType<Offer>().Single();
        urgent.Changes.Upserts.Single().Type.ShouldBe(XdsType.ClusterLoadAssignment);
        var landed = machine.Journalled(inFlight.Target.Generation, Now).OfType<Offer>().Single();

        landed.Now.Generation.ShouldBeGreaterThan(urgent.Now.Generation);
        Hashes(landed.Now.List).ShouldBe(Hashes(List("r2", "e2")));
        // Alone, they are offered at once and written later.
        machine.Translated(List("r2", "e3"), Now).Select(effect => effect.GetType())
            .ShouldBe([typeof(Offer), typeof(WriteLater)]);
    }

    [Fact]
    public void A_silent_journal_delays_a_change_once_and_the_next_not_at_all()
    {
        var machine = Serving("r1");
        var write = machine.Translated(List("r2"), Now).OfType<Write>().Single();

        machine.Overdue(write.Target.Generation, Now).OfType<Offer>().Count().ShouldBe(1);
        machine.IsDurable.ShouldBeFalse();
        machine.Translated(List("r3"), Now).OfType<Offer>().Count().ShouldBe(1);

        machine.Journalled(machine.Published.Generation, Now).ShouldBeEmpty();
        machine.IsDurable.ShouldBeTrue();
    }

    [Fact]
    public void A_journal_that_comes_back_is_told_the_newest_state()
    {
        var machine = Serving("r1");
        var before = machine.Published;
        var write = machine.Translated(List("r2"), Now).OfType<Write>().Single();
        machine.Overdue(write.Target.Generation, Now);

        machine.Recovered(before, canServe: true, Now).OfType<Write>().Single()
            .Target.ShouldBeSameAs(machine.Published);
    }

    [Fact]
    public void Rule_I7_what_the_journal_gave_is_offered_as_it_was_and_the_term_begins_with_the_first_translation()
    {
        var stored = Serving("r1").Published;
        var machine = new CommitMachine(Proxy);

        var recovered = machine.Recovered(stored, canServe: true, Now).OfType<Offer>().Single();
        recovered.Now.Generation.ShouldBe(stored.Generation);
        machine.IsFromJournal.ShouldBeTrue();
        var write = machine.Translated(stored.List, Now).OfType<Write>().Single();

        write.Target.Generation.ShouldBe(new Generation(stored.Generation.Term + 1, 1));
    }

    [Fact]
    public void Rule_I2_what_cannot_be_read_whole_is_not_served_and_not_forgotten()
    {
        var stored = Serving("r1", "c1").Published;
        var machine = new CommitMachine(Proxy);

        machine.Recovered(stored, canServe: false, Now).ShouldBeEmpty();
        machine.IsServing.ShouldBeFalse();
        var write = machine.Translated(List("r1"), Now).OfType<Write>().Single();

        write.Target.Snapshot.Gone[XdsType.Cluster].ShouldBe(["c"]);
    }

    [Fact]
    public void A_proxy_that_never_was_has_no_tombstone() => Started().Translated([], Now).ShouldBeEmpty();

    [Fact]
    public void Whatever_happens_generations_grow_and_the_last_translation_wins() =>
        Gen.Int[0, 9].Array[0, 60].Sample(steps =>
        {
            var machine = Started();
            var offered = new List<Generation>();
            Write? outstanding = null;
            AwaitJournal? awaited = null;
            var last = ImmutableArray<EncodedResource>.Empty;
            void Take(IReadOnlyList<CommitEffect> effects)
            {
                foreach (var effect in effects)
                {
                    if (effect is Offer offer) offered.Add(offer.Now.Generation);
                    if (effect is Write write) outstanding = write;
                    if (effect is AwaitJournal wait) awaited = wait;
                }
            }

            foreach (var step in steps)
            {
                if (step < 6) Take(machine.Translated(last = List($"r{step % 3}", $"e{step}"), Now));
                else if (step < 8 && outstanding is not null)
                    Take(machine.Journalled(outstanding.Target.Generation, Now));
                else if (awaited is not null) Take(machine.Overdue(awaited.Target, Now));
            }

            for (var i = 0; i < 3 && outstanding is not null; i++)
                Take(machine.Journalled(outstanding.Target.Generation, Now));
            offered.ShouldBe(offered.Distinct().Order());
            Hashes(machine.Published.List).ShouldBe(Hashes(last));
            machine.IsDurable.ShouldBeTrue();
        });

    [Fact]
    public void Recovery_gives_the_state_that_was_written() =>
        Gen.Int[0, 4].Array[1, 4].Array[1, 12].Sample(steps =>
        {
            var records = new ProxyRecords(new BodyCodec(new Caesar()));
            var state = ProxyState.Empty(Proxy);
            var read = state;
            var seq = 0;
            foreach (var step in steps)
            {
                var list = List([.. step.Distinct().Select(kind => $"{"rcels"[kind]}{step.Length}")]);
                var next = state.Next(
                    ResourceDiff.Between(state.List, list), list, new Generation(1, ++seq), Now);
                var (applied, missing) = records.Apply(read, [], records.Between(state, next, Now));
                missing.ShouldBeEmpty();
                (state, read) = (next, applied);
            }

            var (whole, lost) = records.Read(Proxy, records.Whole(state));
            lost.ShouldBeEmpty();
            foreach (var recovered in new[] { read, whole })
            {
                recovered.Generation.ShouldBe(state.Generation);
                Hashes(recovered.List).ShouldBe(Hashes(state.List));
                recovered.GoneAt.Keys.ShouldBe(state.GoneAt.Keys, ignoreOrder: true);
            }
        });

    [Fact]
    public void A_lost_key_loses_secrets_only()
    {
        var state = Serving("r1", "s1").Published;
        var checkpoint = new ProxyRecords(new BodyCodec(new Caesar())).Whole(state);

        checkpoint.ToString().ShouldNotContain(Convert.ToBase64String("s1"u8));
        var (read, missing) = new ProxyRecords(new BodyCodec(new Keyless())).Read(Proxy, checkpoint);

        missing.ShouldBe([new ResourceName(XdsType.Secret, "s")]);
        read.List.Single().Type.ShouldBe(XdsType.RouteConfiguration);
    }

    private static CommitMachine Started()
    {
        var machine = new CommitMachine(Proxy);
        machine.Recovered(ProxyState.Empty(Proxy), canServe: true, Now);
        return machine;
    }

    private static CommitMachine Serving(params string[] contents)
    {
        var machine = Started();
        var write = machine.Translated(List(contents), Now).OfType<Write>().Single();
        machine.Journalled(write.Target.Generation, Now);
        return machine;
    }

    private static ImmutableArray<EncodedResource> List(params string[] contents) => ToyList.Of(contents);

    private static IEnumerable<(ResourceName, ResourceHash)> Hashes(ImmutableArray<EncodedResource> list) =>
        list.Select(resource => (ResourceName.Of(resource), resource.Hash));

    private sealed class Caesar : IBodyProtector
    {
        public byte[] Protect(byte[] plain) => [.. plain.Select(value => (byte)(value + 3))];

        public byte[]? Unprotect(byte[] cipher) => [.. cipher.Select(value => (byte)(value - 3))];
    }

    private sealed class Keyless : IBodyProtector
    {
        public byte[] Protect(byte[] plain) => plain;

        public byte[]? Unprotect(byte[] cipher) => null;
    }
}
