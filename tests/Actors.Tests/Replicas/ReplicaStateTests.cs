using System.Collections.Immutable;
using CsCheck;
using Shouldly;
using Stagedoor.Actors.Protocol;
using Stagedoor.Actors.Proxies;
using Stagedoor.Actors.Replicas;
using Stagedoor.Actors.Storage;
using Stagedoor.Xds;
using Xunit;

namespace Stagedoor.Actors.Tests.Replicas;

/// <summary>
/// A replica on another server: it shares no content with the owner, and messages get lost, repeated and late.
/// </summary>
public sealed class ReplicaStateTests
{
    private const string Proxy = "ns~name";

    [Fact]
    public void Rule_I1_whatever_messages_do_a_replica_only_moves_forward_and_holds_what_the_owner_had() =>
        Gen.Select(Gen.Int[0, 4].Array[1, 4].Array[1, 10], Gen.Int[0, 5].Array[0, 60]).Sample((commits, fates) =>
        {
            var states = Commits(commits);
            var replica = new ReplicaState(Proxy, new BodyStore(), null);
            var pages = new List<ManifestPage>();
            for (var i = 1; i < states.Count; i++)
            {
                pages.AddRange(ManifestPages.Difference(
                    states[i - 1], states[i], ResourceDiff.Between(states[i - 1].List, states[i].List)));
                if (i % 3 == 0) pages.AddRange(ManifestPages.Whole(states[i]));
            }

            var published = new List<Snapshot>();
            void Do(ReplicaStep step)
            {
                if (step.Publish is { } snapshot) published.Add(snapshot);
            }

            // 0, 1: a random page, old or repeated; 2: the next one; 3: it is lost; 4: bodies; 5: bodies, twice.
            var answers = Answers(states);
            var next = 0;
            foreach (var fate in fates)
            {
                if (fate < 2 && next > 0) Do(replica.OnPage(pages[(fate * 7 + next) % Math.Min(next, pages.Count)]));
                else if (fate is 2 or 3 && next < pages.Count)
                {
                    next++;
                    if (fate == 2) Do(replica.OnPage(pages[next - 1]));
                }
                else if (fate >= 4 && replica.Wanted() is { } wanted)
                {
                    var answer = answers.Answer(wanted);
                    Do(replica.OnBodies(answer));
                    if (fate == 5) Do(replica.OnBodies(answer));
                }
            }

            // In the end the replica asks, and the owner answers.
            foreach (var page in ManifestPages.Whole(states[^1])) Do(replica.OnPage(page));
            while (replica.Wanted() is { } wanted) Do(replica.OnBodies(answers.Answer(wanted)));

            var generations = published.Select(snapshot => snapshot.Generation).ToArray();
            generations.ShouldBe(generations.Distinct().Order());
            replica.Held!.Generation.ShouldBe(states[^1].Generation);
            foreach (var snapshot in published)
            {
                var state = states.Single(state => state.Generation == snapshot.Generation);
                Lines(snapshot).ShouldBe(Lines(state.Snapshot));
                Gone(snapshot).ShouldBe(Gone(state.Snapshot));
            }
        });

    [Fact]
    public void A_change_of_a_large_resource_travels_as_its_changed_part()
    {
        var (before, after) = (Large("a"), Large("b"));
        var first = ProxyState.Empty(Proxy).Next(
            ResourceDiff.Between([], [before]), [before], new Generation(1, 1), DateTimeOffset.UnixEpoch);
        var second = first.Next(
            ResourceDiff.Between([before], [after]), [after], new Generation(1, 2), DateTimeOffset.UnixEpoch);
        var replica = new ReplicaState(Proxy, new BodyStore(), null);
        var answers = Answers([first, second]);
        var messages = 0;
        foreach (var page in ManifestPages.Whole(first)) replica.OnPage(page);
        while (replica.Wanted() is { } wanted)
        {
            messages++;
            var answer = answers.Answer(wanted);
            answer.CalculateSize().ShouldBeLessThanOrEqualTo(64_000);
            replica.OnBodies(answer);
        }

        messages.ShouldBeGreaterThan(10);
        foreach (var page in ManifestPages.Difference(first, second, ResourceDiff.Between(first.List, second.List)))
            replica.OnPage(page);
        var change = answers.Answer(replica.Wanted()!);

        change.CalculateSize().ShouldBeLessThan(20_000);
        replica.OnBodies(change).Publish!.OfType(XdsType.RouteConfiguration)["r"].Resource.Hash.ShouldBe(after.Hash);
    }

    [Fact]
    public void Pages_of_a_large_manifest_are_small()
    {
        var list = ResourceDiff.Ordered(
        [
            .. Enumerable.Range(0, 10_000).Select(i => EncodedResource.FromBytes(
                XdsType.Cluster, $"upstream-{i}_{new string('x', 100)}", BitConverter.GetBytes(i), [],
                ResourceRefs.None)),
        ]);
        var state = ProxyState.Empty(Proxy).Next(
            ResourceDiff.Between([], list), list, new Generation(1, 1), DateTimeOffset.UnixEpoch);

        var pages = ManifestPages.Whole(state);

        pages.Max(page => page.CalculateSize()).ShouldBeLessThanOrEqualTo(64_000);
        pages.Sum(page => page.Upserts.Count).ShouldBe(10_000);
    }

    // 40 parts of 32 kB, of which the 20th differs.
    private static EncodedResource Large(string middle)
    {
        var parts = Enumerable.Range(0, 40).Select(i =>
            Enumerable.Repeat((byte)i, i == 20 ? 10_000 : 32_000)
                .Append((byte)(i == 20 ? middle[0] : 0)).ToArray()).ToArray();
        var ends = ImmutableArray.CreateBuilder<int>();
        foreach (var part in parts) ends.Add((ends.Count == 0 ? 0 : ends[^1]) + part.Length);
        return EncodedResource.FromBytes(
            XdsType.RouteConfiguration, "r", parts.SelectMany(part => part).ToArray(), ends.ToImmutable(),
            ResourceRefs.None);
    }

    private static List<ProxyState> Commits(int[][] commits)
    {
        var states = new List<ProxyState> { ProxyState.Empty(Proxy) };
        for (var i = 0; i < commits.Length; i++)
        {
            var suffix = $"{commits[i].Length}-{i / 2}";
            var list = ToyList.Of([.. commits[i].Distinct().Select(kind => $"{"rcels"[kind]}{suffix}")]);
            var before = states[^1];
            states.Add(before.Next(
                ResourceDiff.Between(before.List, list), list, new Generation(1, i + 1), DateTimeOffset.UnixEpoch));
        }

        return states;
    }

    private static BodyAnswers Answers(IReadOnlyList<ProxyState> states) => new((name, hash) =>
        states.Select(state => state.Find(name)?.Resource).FirstOrDefault(body => body?.Hash == hash));

    private static IEnumerable<string> Lines(Snapshot snapshot) => snapshot.Resources
        .SelectMany(type => type.Value.Values.Select(resource =>
            $"{type.Key} {resource.Resource.Name} {resource.Since} {resource.Resource.Hash}"))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Gone(Snapshot snapshot) => snapshot.Gone
        .SelectMany(type => type.Value.Select(name => $"{type.Key} {name}")).Order(StringComparer.Ordinal);
}
