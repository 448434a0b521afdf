using CsCheck;
using Shouldly;
using Stagedoor.Api;
using Xunit;
using static Stagedoor.Watchers.Tests.Files.Texts;

namespace Stagedoor.Watchers.Tests.Files;

/// <summary>The pure state behind the source: any history of saves.</summary>
public sealed class SourceStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// A file of three, and what it holds: up to three objects, each good in two versions, wrong or no YAML.
    /// </summary>
    private static readonly Gen<(string File, string? Text)> Save =
        Gen.Select(
            Gen.Int[0, 2].Select(i => $"{(char)('a' + i)}.yaml"),
            Gen.Select(Gen.Int[0, 2], Gen.Int[0, 5]).Array[0, 3],
            Gen.Int[0, 9],
            (file, documents, gone) =>
                (file, gone == 0
                    ? null
                    : string.Join("---\n", documents.Select(d => Document($"o{d.Item1}", d.Item2)))));

    [Fact]
    public void The_order_within_one_step_does_not_matter() =>
        Gen.Select(Save.Array[0, 10], Save.Array[0, 6]).Sample((before, step) =>
        {
            var last = step.GroupBy(save => save.File).Select(group => group.Last()).ToArray();

            var forward = Replay(before, last);
            var backward = Replay(before, [.. last.Reverse()]);

            Render(forward).ShouldBe(Render(backward));
        }, iter: 1000);

    [Fact]
    public void The_catalog_follows_the_changes() =>
        Save.Array[0, 20].Sample(saves =>
        {
            var state = new SourceState([]);
            var view = new Dictionary<ResourceKey, Resource>();
            foreach (var (save, i) in saves.Select((save, i) => (save, i)))
            {
                var before = view.Keys.ToHashSet();
                var change = state.Apply([Read(save)], Start.AddSeconds(i));
                foreach (var key in change.Removals) view.Remove(key).ShouldBeTrue();
                foreach (var resource in change.Upserts) view[resource.Key] = resource;
                change.Upserts.Select(r => r.Key).Intersect(change.Removals).ShouldBeEmpty();
                NothingVanishes(state, before, view, save);
            }

            view.Values.Select(r => r.Key).Order().ShouldBe(
                state.Files.SelectMany(state.ObjectsOf).Distinct().Order());
            var expected = state.Claims().Where(claim => claim.Record.InForce)
                .ToDictionary(claim => claim.Record.Key, claim => claim.Resource);
            foreach (var resource in view.Values) resource.ShouldBeSameAs(expected[resource.Key]);
        }, iter: 1000);

    [Fact]
    public void What_is_stored_restores_the_same_state() =>
        Save.Array[0, 20].Sample(saves =>
        {
            var first = Replay(saves, []);
            var stored = first.Claims().Select(claim => new StoredDocument(
                claim.Record, () => ResourceCodec.Decode(ResourceCodec.Encode(claim.Resource))));
            var files = saves.GroupBy(save => save.File).Select(group => group.Last()).ToArray();

            var second = new SourceState(stored);
            second.Apply([.. files.Select(Read)], Start.AddDays(1));

            // A file whose last text is wholly in error keeps the good text of an earlier save in both.
            Render(second).ShouldBe(Render(first));
        }, iter: 1000);

    private static SourceState Replay((string File, string? Text)[] saves, (string File, string? Text)[] step)
    {
        var state = new SourceState([]);
        for (var i = 0; i < saves.Length; i++) state.Apply([Read(saves[i])], Start.AddSeconds(i));
        state.Apply([.. step.Select(Read)], Start.AddHours(1));
        return state;
    }

    private static FileChange Read((string File, string? Text) save) =>
        new(save.File, save.Text is null ? null : DocumentReader.Read(save.Text, save.File));

    private static string[] Render(SourceState state) =>
    [
        .. state.Claims().Select(claim =>
                $"{claim.Record.Key} {claim.Record.File} {claim.Record.InForce} {claim.Resource.ContentHash} "
                + $"{claim.Record.FirstSeen:O} {claim.Record.Age:O}")
            .Order(StringComparer.Ordinal),
        .. state.Diagnostics([]).Select(d => d.ToString()),
    ];

    /// <summary>Only a text that can be read to its end takes an object away (I2).</summary>
    private static void NothingVanishes(
        SourceState state, HashSet<ResourceKey> before, Dictionary<ResourceKey, Resource> after,
        (string File, string? Text) save)
    {
        if (save.Text?.Contains("oops", StringComparison.Ordinal) != true) return;
        before.Except(after.Keys).ShouldBeEmpty();
        state.Diagnostics([]).ShouldContain(d => d.Severity == Severity.Error && d.Source!.Value.File == save.File);
    }

    private static string Document(string name, int what) => what switch
    {
        0 => Wrong(name),
        1 => Broken(name),
        _ => Service(name, what < 4 ? "1" : "2"),
    };
}
