using Shouldly;
using Stagedoor.Api;
using Xunit;
using static Stagedoor.Watchers.Tests.Files.Texts;

namespace Stagedoor.Watchers.Tests.Files;

/// <summary>Symbolic links: mounted ConfigMaps, releases, loops.</summary>
public sealed class LinkTests
{
    [Fact]
    public async Task A_swung_config_map_is_one_step()
    {
        await using var folder = new WatchedFolder();
        Volume(folder, 1, ("a.yaml", Service("a", "1")), ("b.yaml", Service("b", "1")), ("c.yaml", Service("c", "1")));
        await folder.StartAsync();
        WatchedFolder.Objects(folder.Catalog.Current).ShouldBe(["a=1", "b=1", "c=1"]);

        for (var i = 2; i <= 10; i++)
        {
            Volume(
                folder, i,
                ("a.yaml", Service("a", $"{i}")), ("b.yaml", Service("b", $"{i}")), ("c.yaml", Service("c", $"{i}")));
            await folder.UntilObjects($"a={i}", $"b={i}", $"c={i}");
        }

        Volume(folder, 11, ("a.yaml", Service("a", "11")), ("d.yaml", Service("d", "11")));
        await folder.UntilObjects("a=11", "d=11");
        folder.NeverWithout("a");
        // Kubernetes makes the links to new files after the swing, so that d may come later, but never a mixture.
        foreach (var change in folder.History.Skip(1))
            WatchedFolder.Objects(change.View).Select(o => o[2..]).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_behind_a_link_is_replaced_as_a_whole()
    {
        await using var folder = new WatchedFolder();
        Release(folder, 1, Service("a", "1"), Service("b", "1"));
        Swing(ReleasePath(folder, 1), folder.PathOf("current"));
        await folder.StartAsync();

        Release(folder, 2, Service("a", "2"), Service("c", "2"));
        Swing(ReleasePath(folder, 2), folder.PathOf("current"));
        await folder.UntilObjects("a=2", "c=2");

        folder.History.Count.ShouldBe(3);
        File.WriteAllText(folder.PathOf("current/0.yaml"), Service("a", "3"));
        await folder.UntilObjects("a=3", "c=2");
    }

    [Fact]
    public async Task The_configuration_folder_may_be_a_link_that_is_swung()
    {
        await using var folder = new WatchedFolder();
        Directory.Delete(folder.Directory);
        Release(folder, 1, Service("a", "1"), Service("b", "1"));
        Swing(ReleasePath(folder, 1), folder.Directory);
        await folder.StartAsync();

        Release(folder, 2, Service("a", "2"), Service("c", "2"));
        Swing(ReleasePath(folder, 2), folder.Directory);
        await folder.UntilObjects("a=2", "c=2");

        folder.History.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_linked_file_is_followed()
    {
        await using var folder = new WatchedFolder();
        var target = folder.PathOf("../target.yaml");
        File.WriteAllText(target, Service("a", "1"));
        File.CreateSymbolicLink(folder.PathOf("a.yaml"), target);
        await folder.StartAsync();

        File.WriteAllText(target, Service("a", "2"));
        await folder.UntilObjects("a=2");
        File.WriteAllText(target + ".new", Service("a", "3"));
        File.Move(target + ".new", target, overwrite: true);
        await folder.UntilObjects("a=3");
        File.Delete(target);
        File.CreateSymbolicLink(folder.PathOf("b.yaml"), folder.PathOf("../missing.yaml"));
        await folder.UntilObjects();

        // Two lists in a row: a volume that is being swung has dead links for a moment.
        foreach (var file in new[] { "a.yaml", "b.yaml" })
            (await folder.UntilDiagnostic(file, FileCodes.NoFile)).Severity.ShouldBe(Severity.Error);
        File.Delete(folder.PathOf("a.yaml"));
        File.WriteAllText(folder.PathOf("../missing.yaml"), Service("b", "1"));
        await folder.UntilObjects("b=1");
        await folder.Until(view => view.Diagnostics.IsEmpty);
    }

    [Fact]
    public async Task Loops_end()
    {
        await using var folder = new WatchedFolder();
        folder.Write("x/a.yaml", Service("a", "1"));
        File.CreateSymbolicLink(folder.PathOf("x/self"), folder.PathOf("x"));
        File.CreateSymbolicLink(folder.PathOf("x/up"), folder.Directory);
        File.CreateSymbolicLink(folder.PathOf("loop.yaml"), folder.PathOf("loop.yaml"));

        await folder.StartAsync();

        WatchedFolder.Objects(folder.Catalog.Current).ShouldBe(["a=1"]);
        var error = folder.Catalog.Current.Diagnostics.ShouldHaveSingleItem();
        (error.Code, error.Source?.ToString()).ShouldBe((FileCodes.NoFile, "loop.yaml"));
    }

    /// <summary>
    /// Writes a volume as the kubelet does: a new hidden folder, the link ..data swung, then links to files.
    /// </summary>
    private static void Volume(WatchedFolder folder, int version, params (string Name, string Text)[] files)
    {
        var hidden = $"..2026_{version}";
        foreach (var (name, text) in files) folder.Write($"{hidden}/{name}", text);
        Swing(hidden, folder.PathOf("..data"), folder.PathOf("..data_tmp"));
        foreach (var (name, _) in files)
            if (new FileInfo(folder.PathOf(name)).LinkTarget is null)
                File.CreateSymbolicLink(folder.PathOf(name), $"..data/{name}");
        foreach (var link in Directory.EnumerateFiles(folder.Directory, "*.yaml"))
            if (!files.Any(file => file.Name == Path.GetFileName(link)))
                File.Delete(link);
        if (version > 1) Directory.Delete(folder.PathOf($"..2026_{version - 1}"), recursive: true);
    }

    private static void Release(WatchedFolder folder, int version, params string[] texts)
    {
        var path = ReleasePath(folder, version);
        Directory.CreateDirectory(path);
        for (var i = 0; i < texts.Length; i++) File.WriteAllText(Path.Combine(path, $"{i}.yaml"), texts[i]);
    }

    private static string ReleasePath(WatchedFolder folder, int version) =>
        Path.GetFullPath(folder.PathOf($"../releases/{version}"));

    private static void Swing(string target, string link, string? aside = null)
    {
        aside ??= link + ".aside";
        File.CreateSymbolicLink(aside, target);
        // File.Move would follow a link to a folder.
        using var move = System.Diagnostics.Process.Start("mv", ["-T", aside, link]);
        move.WaitForExit(10_000).ShouldBeTrue();
        move.ExitCode.ShouldBe(0);
    }
}
