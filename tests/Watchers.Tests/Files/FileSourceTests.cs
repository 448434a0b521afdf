using System.Diagnostics;
using Shouldly;
using Stagedoor.Api;
using Xunit;
using static Stagedoor.Watchers.Tests.Files.Texts;

namespace Stagedoor.Watchers.Tests.Files;

/// <summary>The plain ways of a folder: list, save, rename, delete.</summary>
public sealed class FileSourceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_first_list_is_one_step_that_ends_the_fence()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Services(("a", "1"), ("b", "1")));
        folder.Write("deep/er/c.json", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}""");
        folder.Write("README.md", "# words");
        folder.Write(".hidden.yaml", Service("hidden", "1"));
        folder.Write(".git/config.yaml", Service("hidden", "1"));

        (await folder.StartAsync()).ShouldBe(FileSourceStart.Listed);

        folder.History.Count.ShouldBe(2);
        var view = folder.Catalog.Current;
        view.IsSynced.ShouldBeTrue();
        view.Count.ShouldBe(3);
        view.Find(ResourceKinds.ConfigMap, "default", "c")!.Source.ShouldBe(new SourceLocation("deep/er/c.json", 1));
        view.Find(ResourceKinds.VirtualService, "default", "b")!.Source.ShouldBe(new SourceLocation("a.yaml", 8));
        var ignored = view.Diagnostics.ShouldHaveSingleItem();
        (ignored.Code, ignored.Severity, ignored.Source!.Value.File).ShouldBe(
            (FileCodes.IgnoredFile, Severity.Info, "README.md"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_save_is_one_step_with_what_it_changed(bool events)
    {
        await using var folder = new WatchedFolder(o => o with { UseEvents = events });
        folder.Write("a.yaml", Services(("a", "1"), ("b", "1"), ("c", "1")));
        folder.Write("other.yaml", Service("other", "1"));
        await folder.StartAsync();
        var other = folder.Catalog.Current.Find(ResourceKinds.VirtualService, "default", "other");
        var first = folder.Catalog.Current.Find(ResourceKinds.VirtualService, "default", "a");

        folder.Write("a.yaml", Services(("a", "1"), ("b", "2"), ("d", "1")));
        var view = await folder.UntilObjects("a=1", "b=2", "d=1", "other=1");

        folder.History.Count.ShouldBe(3);
        folder.History[^1].Changed.Select(key => key.Name).Order().ShouldBe(["b", "c", "d"]);
        view.Find(ResourceKinds.VirtualService, "default", "other").ShouldBeSameAs(other);
        view.Find(ResourceKinds.VirtualService, "default", "a").ShouldBeSameAs(first);
    }

    [Fact]
    public async Task New_files_and_folders_are_found()
    {
        await using var folder = new WatchedFolder();
        await folder.StartAsync();

        folder.Write("a.yaml", Service("a", "1"));
        await folder.UntilObjects("a=1");
        folder.Write("x/y/z/b.yaml", Service("b", "1"));
        await folder.UntilObjects("a=1", "b=1");
        folder.Write("x/y/z/b.yaml", Service("b", "2"));
        await folder.UntilObjects("a=1", "b=2");
        Directory.Move(folder.PathOf("x"), folder.PathOf("w"));
        await folder.Until(
            view => view.Find(ResourceKinds.VirtualService, "default", "b")?.Source.File == "w/y/z/b.yaml");
        folder.Write("w/y/z/b.yaml", Service("b", "3"));
        await folder.UntilObjects("a=1", "b=3");
        Directory.Delete(folder.PathOf("w"), recursive: true);
        await folder.UntilObjects("a=1");

        folder.NeverWithout("a");
    }

    [Fact]
    public async Task A_deleted_file_takes_its_objects_with_it()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Services(("a", "1"), ("b", "1")));
        folder.Write("c.yaml", Service("c", "1"));
        await folder.StartAsync();

        File.Delete(folder.PathOf("a.yaml"));
        await folder.UntilObjects("c=1");
        File.Delete(folder.PathOf("c.yaml"));
        await folder.UntilObjects();

        folder.History.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_deleted_document_takes_its_object_with_it()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Services(("a", "1"), ("b", "1"), ("c", "1")));
        await folder.StartAsync();

        folder.Replace("a.yaml", Services(("a", "1"), ("c", "1")));
        await folder.UntilObjects("a=1", "c=1");
    }

    [Fact]
    public async Task A_renamed_file_keeps_its_objects_without_a_gap()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Service("a", "1"));
        await folder.StartAsync();
        var before = folder.Catalog.Current.Find(ResourceKinds.VirtualService, "default", "a")!;

        File.Move(folder.PathOf("a.yaml"), folder.PathOf("b.yaml"));
        var view = await folder.Until(
            v => v.Find(ResourceKinds.VirtualService, "default", "a")?.Source.File == "b.yaml");

        var after = view.Find(ResourceKinds.VirtualService, "default", "a")!;
        after.Body.ShouldBeSameAs(before.Body);
        after.Metadata.Created.ShouldBe(before.Metadata.Created);
        folder.NeverWithout("a");
        folder.History.ShouldAllBe(change => change.View.Diagnostics.IsEmpty);
    }

    [Fact]
    public async Task Content_moved_to_another_file_stays_without_a_gap()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Services(("a", "1"), ("b", "1")));
        folder.Write("b.yaml", Service("c", "1"));
        await folder.StartAsync();

        folder.Write("a.yaml", "# nothing left\n");
        folder.Write("b.yaml", Services(("a", "1"), ("b", "2"), ("c", "1")));
        await folder.UntilObjects("a=1", "b=2", "c=1");

        folder.NeverWithout("a");
        folder.NeverWithout("b");
        folder.Catalog.Current.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_that_comes_later_is_waited_for()
    {
        await using var folder = new WatchedFolder();
        Directory.Delete(folder.Directory);

        (await folder.StartAsync()).ShouldBe(FileSourceStart.Missing);
        folder.Catalog.Current.IsSynced.ShouldBeFalse();
        folder.Catalog.Current.Diagnostics.ShouldHaveSingleItem().Code.ShouldBe(FileCodes.FolderMissing);
        folder.Write("a.yaml", Service("a", "1"));
        var view = await folder.UntilObjects("a=1");

        view.IsSynced.ShouldBeTrue();
        view.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_offline_reading_gives_a_view_or_says_that_there_is_no_folder()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Service("a", "1") + "---\n" + Wrong("b"));
        var options = new FileSourceOptions { Directory = folder.Directory };

        var view = FileSource.ReadOnce(options, TimeProvider.System);

        view.IsSynced.ShouldBeTrue();
        WatchedFolder.Objects(view).ShouldBe(["a=1"]);
        view.Diagnostics.ShouldHaveSingleItem().Source.ShouldBe(new SourceLocation("a.yaml", 13));
        Should.Throw<DirectoryNotFoundException>(() => FileSource.ReadOnce(
            options with { Directory = folder.PathOf("missing") }, TimeProvider.System));
    }

    [Fact]
    public async Task A_change_is_in_the_catalog_within_milliseconds()
    {
        await using var folder = new WatchedFolder();
        for (var i = 0; i < 100; i++) folder.Write($"{i}.yaml", Service($"s{i}", "0"));
        await folder.StartAsync();
        var times = new List<double>();
        for (var i = 1; i <= 50; i++)
        {
            var wanted = $"{i}";
            var arrived = folder.Until(view => view.Find(ResourceKinds.VirtualService, "default", "s7")!
                .As<Solo.Gateway.VirtualService>().DisplayName == wanted);
            var seen = new TaskCompletionSource<long>();
            using var subscription = folder.Catalog.Subscribe(change =>
            {
                if (change.Changed.Length > 0) seen.TrySetResult(Stopwatch.GetTimestamp());
            });
            folder.Write("7.yaml", Service("s7", wanted));
            var closed = Stopwatch.GetTimestamp();
            await arrived;
            times.Add(Stopwatch.GetElapsedTime(closed, await seen.Task).TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine($"close to catalog: p50 {times[25]:F2} ms, max {times[^1]:F2} ms");
        times[25].ShouldBeLessThan(500);
    }
}
