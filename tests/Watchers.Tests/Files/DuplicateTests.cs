using Shouldly;
using Stagedoor.Api;
using Xunit;
using static Stagedoor.Watchers.Tests.Files.Texts;

namespace Stagedoor.Watchers.Tests.Files;

/// <summary>The same object in two places: the one in force stays, both are named.</summary>
public sealed class DuplicateTests
{
    [Fact]
    public async Task The_one_in_force_stays_and_the_other_takes_over_when_it_goes()
    {
        await using var folder = new WatchedFolder();
        folder.Write("b.yaml", Service("a", "b"));
        await folder.StartAsync();

        folder.Write("a.yaml", Service("a", "a"));
        var error = await folder.UntilDiagnostic("a.yaml", FileCodes.Duplicate);
        error.Message.ShouldContain("b.yaml:1");
        error.Severity.ShouldBe(Severity.Error);
        (await folder.UntilDiagnostic("b.yaml", FileCodes.Duplicate)).Message.ShouldContain("a.yaml:1");
        WatchedFolder.Objects(folder.Catalog.Current).ShouldBe(["a=b"]);
        folder.Write("b.yaml", Service("a", "b2"));
        await folder.UntilObjects("a=b2");
        File.Delete(folder.PathOf("b.yaml"));
        var view = await folder.UntilObjects("a=a");

        view.Diagnostics.ShouldBeEmpty();
        folder.NeverWithout("a");
    }

    [Fact]
    public async Task At_the_start_the_first_path_counts()
    {
        await using var folder = new WatchedFolder();
        folder.Write("b.yaml", Service("a", "b"));
        folder.Write("a/z.yaml", Service("a", "a"));

        await folder.StartAsync();

        WatchedFolder.Objects(folder.Catalog.Current).ShouldBe(["a=a"]);
        folder.Catalog.Current.Diagnostics.Select(d => d.Source!.Value.File).ShouldBe(["a/z.yaml", "b.yaml"]);
    }

    [Fact]
    public async Task After_a_restart_the_one_first_seen_counts()
    {
        await using var folder = new WatchedFolder();
        folder.Write("b.yaml", Service("a", "b"));
        await folder.StartAsync();
        folder.Write("a.yaml", Service("a", "a"));
        await folder.UntilDiagnostic("a.yaml", FileCodes.Duplicate);
        await folder.StopAsync();

        await folder.StartAsync();
        WatchedFolder.Objects(folder.Catalog.Current).ShouldBe(["a=b"]);
        await folder.StopAsync();
        File.Delete(folder.PathOf("b.yaml"));

        await folder.StartAsync();
        WatchedFolder.Objects(folder.Catalog.Current).ShouldBe(["a=a"]);
    }

    [Fact]
    public async Task Twice_in_one_file()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Service("a", "1"));
        await folder.StartAsync();

        folder.Write("a.yaml", Services(("a", "new"), ("a", "1")));
        await folder.UntilDiagnostic("a.yaml", FileCodes.Duplicate);
        folder.Catalog.Current.Diagnostics.Select(d => d.Source!.Value.Line).ShouldBe([1, 8]);
        WatchedFolder.Objects(folder.Catalog.Current).ShouldBe(["a=1"]);

        folder.Write("a.yaml", Service("a", "new"));
        var view = await folder.UntilObjects("a=new");
        view.Diagnostics.ShouldBeEmpty();
    }
}
