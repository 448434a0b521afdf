using Shouldly;
using Xunit;
using static Stagedoor.Watchers.Tests.Files.Texts;

namespace Stagedoor.Watchers.Tests.Files;

/// <summary>A folder that is missing or empty all of a sudden does not empty the catalog (I2).</summary>
public sealed class EmptyFolderTests
{
    [Fact]
    public async Task A_folder_moved_away_keeps_its_objects_until_it_is_back()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Service("a", "1"));
        folder.Write("x/b.yaml", Service("b", "1"));
        await folder.StartAsync();

        Directory.Move(folder.Directory, folder.Directory + ".away");
        await folder.UntilDiagnostic(".", FileCodes.FolderMissing);
        WatchedFolder.Objects(folder.Catalog.Current).ShouldBe(["a=1", "b=1"]);
        File.WriteAllText(folder.Directory + ".away/a.yaml", Service("a", "2"));
        File.Delete(folder.Directory + ".away/x/b.yaml");
        Directory.Move(folder.Directory + ".away", folder.Directory);
        var view = await folder.UntilObjects("a=2");

        view.Diagnostics.ShouldBeEmpty();
        folder.NeverWithout("a");
        folder.Write("a.yaml", Service("a", "3"));
        await folder.UntilObjects("a=3");
    }

    [Fact]
    public async Task An_empty_folder_in_its_place_is_not_believed()
    {
        await using var folder = new WatchedFolder(o => o with { EmptyGrace = TimeSpan.Zero });
        folder.Write("a.yaml", Service("a", "1"));
        await folder.StartAsync();

        Directory.Move(folder.Directory, folder.Directory + ".away");
        Directory.CreateDirectory(folder.Directory);
        await folder.UntilDiagnostic(".", FileCodes.FolderEmptied);
        WatchedFolder.Objects(folder.Catalog.Current).ShouldBe(["a=1"]);
        folder.Write("b.yaml", Service("b", "1"));
        var view = await folder.UntilObjects("b=1");

        view.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public async Task Deleting_all_files_at_once_is_believed_after_a_while()
    {
        await using var folder = new WatchedFolder(o => o with { EmptyGrace = TimeSpan.FromMilliseconds(500) });
        for (var i = 0; i < 10; i++) folder.Write($"{i}.yaml", Service($"s{i}", "1"));
        await folder.StartAsync();

        foreach (var file in Directory.EnumerateFiles(folder.Directory).ToArray()) File.Delete(file);
        await folder.UntilDiagnostic(".", FileCodes.FolderEmptied);
        folder.Catalog.Current.Count.ShouldBe(10);
        var view = await folder.UntilObjects();

        view.Diagnostics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_found_empty_at_the_start_is_believed_only_when_told_so(bool allow)
    {
        await using var folder = new WatchedFolder(o => o with { AllowEmpty = allow });
        folder.Write("a.yaml", Service("a", "1"));
        await folder.StartAsync();
        await folder.StopAsync();
        File.Delete(folder.PathOf("a.yaml"));

        (await folder.StartAsync()).ShouldBe(allow ? FileSourceStart.Listed : FileSourceStart.Emptied);

        folder.Catalog.Current.IsSynced.ShouldBe(allow);
        if (allow) return;
        folder.Write("b.yaml", Service("b", "1"));
        (await folder.UntilObjects("b=1")).IsSynced.ShouldBeTrue();
    }

    [Fact]
    public async Task A_folder_that_always_was_empty_is_simply_empty()
    {
        await using var folder = new WatchedFolder();

        (await folder.StartAsync()).ShouldBe(FileSourceStart.Listed);

        folder.Catalog.Current.IsSynced.ShouldBeTrue();
        folder.Catalog.Current.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_below_that_cannot_be_listed_keeps_its_objects()
    {
        if (Environment.IsPrivilegedProcess) Assert.Skip("root lists everything");
        await using var folder = new WatchedFolder();
        folder.Write("x/a.yaml", Service("a", "1"));
        await folder.StartAsync();

        File.SetUnixFileMode(folder.PathOf("x"), UnixFileMode.None);
        await folder.UntilDiagnostic("x", FileCodes.FolderUnreadable);
        WatchedFolder.Objects(folder.Catalog.Current).ShouldBe(["a=1"]);
        File.SetUnixFileMode(folder.PathOf("x"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await folder.Until(view => view.Diagnostics.IsEmpty);
    }
}
