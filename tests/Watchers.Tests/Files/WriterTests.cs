using System.Text;
using Shouldly;
using Xunit;
using static Stagedoor.Watchers.Tests.Files.Texts;

namespace Stagedoor.Watchers.Tests.Files;

/// <summary>The ways in which programs write files (T27): no half of a save is ever seen.</summary>
public sealed class WriterTests
{
    [Fact]
    public async Task A_file_is_not_read_while_its_writer_has_it_open()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Services(("a", "1"), ("b", "1")));
        folder.Write("z.yaml", Service("z", "1"));
        await folder.StartAsync();
        var text = Encoding.UTF8.GetBytes(Services(("a", "2"), ("b", "2")));

        using (var file = new FileStream(folder.PathOf("a.yaml"), FileMode.Create))
        {
            for (var i = 0; i < text.Length; i += 7)
            {
                file.Write(text, i, Math.Min(7, text.Length - i));
                file.Flush();
                // Another file's save makes the source look around meanwhile.
                folder.Write("z.yaml", Service("z", $"{i}"));
            }

            await folder.UntilObjects("a=1", "b=1", $"z={(text.Length - 1) / 7 * 7}");
        }

        await folder.Until(view => WatchedFolder.Objects(view)[..2].SequenceEqual(["a=2", "b=2"]));
        folder.History.Skip(1).Select(change => string.Join(' ', WatchedFolder.Objects(change.View)[..2]))
            .Distinct().ShouldBe(["a=1 b=1", "a=2 b=2"]);
        folder.History.ShouldAllBe(change => change.View.Diagnostics.IsEmpty);
    }

    [Fact]
    public async Task A_writer_that_never_closes_is_read_when_it_is_quiet()
    {
        await using var folder = new WatchedFolder(o => o with { WriterPatience = TimeSpan.FromMilliseconds(300) });
        folder.Write("a.yaml", Service("a", "1"));
        await folder.StartAsync();

        using var file = new FileStream(folder.PathOf("a.yaml"), FileMode.Create);
        file.Write(Encoding.UTF8.GetBytes(Service("a", "2")));
        file.Flush();

        await folder.UntilObjects("a=2");
    }

    [Fact]
    public async Task A_truncation_before_the_writing_is_no_deletion()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Service("a", "1"));
        await folder.StartAsync();

        for (var i = 2; i < 30; i++)
        {
            folder.Write("a.yaml", "");
            folder.Write("a.yaml", Service("a", $"{i}"));
        }

        await folder.UntilObjects("a=29");
        folder.NeverWithout("a");
    }

    [Fact]
    public async Task A_file_left_empty_is_a_deletion()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Service("a", "1"));
        folder.Write("b.yaml", Service("b", "1"));
        await folder.StartAsync();

        folder.Write("a.yaml", "");

        await folder.UntilObjects("b=1");
    }

    [Fact]
    public async Task Vim_moves_the_file_away_before_it_writes()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Service("a", "0"));
        await folder.StartAsync();

        for (var i = 1; i <= 20; i++)
        {
            File.WriteAllText(folder.PathOf(".a.yaml.swp"), Service("swap", "1"));
            File.WriteAllText(folder.PathOf("4913"), "");
            File.Delete(folder.PathOf("4913"));
            File.Move(folder.PathOf("a.yaml"), folder.PathOf("a.yaml~"));
            folder.Write("a.yaml", Service("a", $"{i}"));
            File.Delete(folder.PathOf("a.yaml~"));
            File.Delete(folder.PathOf(".a.yaml.swp"));
        }

        await folder.UntilObjects("a=20");
        folder.NeverWithout("a");
        folder.History.ShouldAllBe(change => change.View.Diagnostics.IsEmpty);
    }

    [Fact]
    public async Task Editors_own_files_are_not_read()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Service("a", "1"));
        await folder.StartAsync();

        string[] names = [".a.yaml.swp", "a.yaml~", "#a.yaml#", "4913", "a.yaml.tmp", ".a.yaml", ".#a.yaml"];
        foreach (var name in names)
            folder.Write(name, Service("other", "1"));
        folder.Write("a.yaml", Service("a", "2"));
        await folder.UntilObjects("a=2");

        folder.Catalog.Current.Diagnostics.ShouldBeEmpty();
        folder.History.ShouldAllBe(change => change.View.Count <= 1);
    }

    [Fact]
    public async Task Version_control_removes_and_writes_again()
    {
        await using var folder = new WatchedFolder();
        for (var i = 0; i < 20; i++) folder.Write($"{i}.yaml", Service($"s{i}", "1"));
        await folder.StartAsync();

        for (var i = 0; i < 20; i++)
        {
            File.Delete(folder.PathOf($"{i}.yaml"));
            folder.Write($"{i}.yaml", Service($"s{i}", "2"));
        }

        await folder.Until(view => WatchedFolder.Objects(view).All(o => o.EndsWith("=2", StringComparison.Ordinal)));
        for (var i = 0; i < 20; i++) folder.NeverWithout($"s{i}");
    }

    [Fact]
    public async Task Replacing_over_and_over_shows_only_whole_saves()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Services(("a", "0"), ("b", "0")));
        await folder.StartAsync();

        for (var i = 1; i <= 200; i++) folder.Replace("a.yaml", Services(("a", $"{i}"), ("b", $"{i}")));

        await folder.UntilObjects("a=200", "b=200");
        folder.History.Skip(1).Select(change => WatchedFolder.Objects(change.View))
            .ShouldAllBe(objects => objects[0].Substring(2) == objects[1].Substring(2));
    }

    [Fact]
    public async Task Lost_events_are_made_up_for()
    {
        await using var folder = new WatchedFolder();
        for (var i = 0; i < 100; i++) folder.Write($"{i}.yaml", Service($"s{i}", "1"));
        await folder.StartAsync();
        var isStuck = new TaskCompletionSource();
        using var gate = new ManualResetEventSlim();
        using var subscription = folder.Catalog.Subscribe(change =>
        {
            if (change.Changed.Length == 0) return;
            isStuck.TrySetResult();
            gate.Wait();
        });

        folder.Write("0.yaml", Service("s0", "2"));
        await isStuck.Task;
        // The kernel keeps 16,384 events by default; these are three times as many as turns.
        for (var i = 0; i < 7_000; i++)
        {
            File.WriteAllText(folder.PathOf("other.tmp"), "");
            File.Delete(folder.PathOf("other.tmp"));
        }

        for (var i = 1; i < 99; i++) folder.Write($"{i}.yaml", Service($"s{i}", "2"));
        File.Delete(folder.PathOf("99.yaml"));
        gate.Set();

        await folder.Until(view => view.Count == 99
            && WatchedFolder.Objects(view).All(o => o.EndsWith("=2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_change_without_an_event_is_found_by_comparing()
    {
        await using var folder = new WatchedFolder(o => o with { RescanInterval = TimeSpan.FromMilliseconds(200) });
        folder.Write("a.yaml", Service("a", "1"));
        await folder.StartAsync();
        var outside = folder.PathOf("../outside.yaml");
        File.WriteAllText(outside, Service("a", "2"));

        // A hard link gives the name no event of its own when the file is written through another name.
        File.Delete(folder.PathOf("a.yaml"));
        HardLink(outside, folder.PathOf("a.yaml"));
        await folder.UntilObjects("a=2");
        File.WriteAllText(outside, Service("a", "3"));

        await folder.UntilObjects("a=3");
    }

    private static void HardLink(string from, string to)
    {
        using var link = System.Diagnostics.Process.Start("ln", [from, to]);
        link.WaitForExit(10_000).ShouldBeTrue();
    }
}
