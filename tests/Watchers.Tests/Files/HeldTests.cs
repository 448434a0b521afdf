using Shouldly;
using Stagedoor.Api;
using Xunit;
using static Stagedoor.Watchers.Tests.Files.Texts;

namespace Stagedoor.Watchers.Tests.Files;

/// <summary>What cannot be read keeps its last good text, a restart included.</summary>
public sealed class HeldTests
{
    [Fact]
    public async Task A_document_in_error_is_held_and_its_siblings_are_updated()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Services(("a", "1"), ("b", "1"), ("c", "1")));
        await folder.StartAsync();

        folder.Write("a.yaml", $"{Service("a", "2")}---\n{Wrong("b")}---\n{Service("c", "2")}");
        var view = await folder.UntilObjects("a=2", "b=1*", "c=2");

        folder.History.Count.ShouldBe(3);
        view.Diagnostics.Select(d => (d.Code, d.Resource!.Value.Name, d.Source!.Value.Line)).ShouldBe(
            [(FileCodes.Held, "b", 0), (DocumentCodes.UnknownField, "b", 13)]);
        folder.Write("a.yaml", Services(("a", "2"), ("b", "3"), ("c", "2")));
        view = await folder.UntilObjects("a=2", "b=3", "c=2");
        view.Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_text_that_is_no_yaml_holds_what_may_be_in_it()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Services(("a", "1"), ("b", "1")));
        folder.Write("b.yaml", Service("c", "1"));
        await folder.StartAsync();

        folder.Write("a.yaml", Service("a", "1") + "---\n" + Broken("b"));
        folder.Write("b.yaml", Service("c", "2"));
        var view = await folder.UntilObjects("a=1", "b=1*", "c=2");

        var error = view.Diagnostics.Single(d => d.Code == DocumentCodes.Syntax);
        error.Source!.Value.File.ShouldBe("a.yaml");
        error.Source!.Value.Line.ShouldBeGreaterThan(7);
        folder.NeverWithout("b");
    }

    [Fact]
    public async Task A_document_that_never_was_good_is_left_out()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Service("a", "1") + "---\n" + Wrong("b"));
        folder.Write("b.yaml", Broken("c"));

        await folder.StartAsync();

        WatchedFolder.Objects(folder.Catalog.Current).ShouldBe(["a=1"]);
        folder.Catalog.Current.Diagnostics.Select(d => d.Code).ShouldBe(
            [DocumentCodes.UnknownField, DocumentCodes.Syntax]);
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_holds_its_objects()
    {
        if (Environment.IsPrivilegedProcess) Assert.Skip("root reads everything");
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Service("a", "1"));
        await folder.StartAsync();

        File.SetUnixFileMode(folder.PathOf("a.yaml"), UnixFileMode.None);
        await folder.UntilObjects("a=1*");
        File.SetUnixFileMode(folder.PathOf("a.yaml"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await folder.UntilObjects("a=1");
    }

    [Theory]
    [InlineData(new byte[] { 0xC3, 0x28 }, FileCodes.Unreadable)]
    [InlineData(new byte[] { 0x61, 0x00, 0x62 }, DocumentCodes.Syntax)]
    public async Task Bytes_that_are_no_text_hold_the_objects(byte[] bytes, string code)
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Service("a", "1"));
        await folder.StartAsync();

        File.WriteAllBytes(folder.PathOf("a.yaml"), bytes);
        var view = await folder.UntilObjects("a=1*");

        view.Diagnostics.ShouldContain(d => d.Code == code);
    }

    [Fact]
    public async Task A_file_that_is_too_large_holds_its_objects()
    {
        await using var folder = new WatchedFolder(o => o with { MaxFileBytes = 1000 });
        folder.Write("a.yaml", Service("a", "1"));
        await folder.StartAsync();

        folder.Write("a.yaml", Service("a", "2") + new string('#', 1000));
        await folder.UntilObjects("a=1*");
        (await folder.UntilDiagnostic("a.yaml", FileCodes.Unreadable)).Message.ShouldContain("1000 bytes");
    }

    [Fact]
    public async Task What_was_broken_before_a_restart_is_held_after_it()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Services(("a", "1"), ("b", "1")));
        await folder.StartAsync();
        folder.Write("a.yaml", Service("a", "1") + "---\n" + Wrong("b"));
        var before = await folder.UntilObjects("a=1", "b=1*");
        await folder.StopAsync();

        await folder.StartAsync();

        WatchedFolder.Objects(folder.Catalog.Current).ShouldBe(["a=1", "b=1*"]);
        Hashes(folder.Catalog.Current).ShouldBe(Hashes(before));
        folder.History.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_broken_while_nobody_looked_is_held_too()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Services(("a", "1"), ("b", "1")));
        folder.Write("b.yaml", Service("c", "1"));
        folder.Write("c.yaml", Service("d", "1"));
        await folder.StartAsync();
        await folder.StopAsync();
        folder.Write("a.yaml", Service("a", "2") + "---\n" + Wrong("b"));
        folder.Write("b.yaml", Broken("c"));
        File.Delete(folder.PathOf("c.yaml"));

        await folder.StartAsync();

        WatchedFolder.Objects(folder.Catalog.Current).ShouldBe(["a=2", "b=1*", "c=1*"]);
    }

    [Fact]
    public async Task Ages_survive_a_restart_and_end_with_the_object()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Services(("a", "1"), ("b", "1")));
        folder.Write("dated.yaml", Service("dated", "1").Replace(
            "name: dated", "name: dated\n  creationTimestamp: 2020-01-01T00:00:00Z", StringComparison.Ordinal));
        await folder.StartAsync();
        var first = folder.Catalog.Current;
        await folder.StopAsync();
        folder.Write("a.yaml", Service("a", "2"));

        await folder.StartAsync();
        var second = folder.Catalog.Current;
        folder.Write("a.yaml", Services(("a", "2"), ("b", "1")));
        var third = await folder.UntilObjects("a=2", "b=1", "dated=1");

        Age(second, "a").ShouldBe(Age(first, "a"));
        Age(third, "b").ShouldBeGreaterThan(Age(first, "b"));
        Age(third, "dated").ShouldBe(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Secrets_are_kept_encrypted_or_not_at_all()
    {
        const string secret =
            "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2}\n";
        foreach (var protector in (IHeldProtector?[])[null, new Backwards()])
        {
            await using var folder = new WatchedFolder(o => o with { Protector = protector });
            folder.Write("s.yaml", secret);
            await folder.StartAsync();
            await folder.StopAsync();
            folder.Write("s.yaml", secret.Replace("stringData", "strangeData: [", StringComparison.Ordinal));

            await folder.StartAsync();

            var stored = File.ReadAllText(Path.Combine(folder.Data, "held", "documents.jsonl"));
            stored.ShouldNotContain("hunter2");
            stored.ShouldNotContain(Convert.ToBase64String("hunter2"u8.ToArray()).TrimEnd('='));
            var held = folder.Catalog.Current.Find(ResourceKinds.Secret, "default", "s");
            (held?.IsHeld == true).ShouldBe(protector is not null);
            folder.Catalog.Current.Diagnostics.ShouldContain(d => d.Code == FileCodes.Held);
        }
    }

    [Fact]
    public async Task A_damaged_store_costs_only_what_it_kept()
    {
        await using var folder = new WatchedFolder();
        folder.Write("a.yaml", Services(("a", "1"), ("b", "1")));
        await folder.StartAsync();
        await folder.StopAsync();
        var store = Path.Combine(folder.Data, "held", "documents.jsonl");
        var text = File.ReadAllText(store);
        File.WriteAllText(store, "garbage\n{}\n" + text[..(text.Length - 10)]);
        folder.Write("a.yaml", Wrong("a") + "---\n" + Wrong("b"));

        await folder.StartAsync();

        WatchedFolder.Objects(folder.Catalog.Current).ShouldBe(["a=1*"]);
    }

    private static DateTimeOffset Age(CatalogView view, string name) =>
        view.Find(ResourceKinds.VirtualService, "default", name)!.Metadata.Created;

    private static UInt128[] Hashes(CatalogView view) =>
        [.. view.OfKind(ResourceKinds.VirtualService).Values.Select(resource => resource.ContentHash)];

    /// <summary>Stands for an encryption.</summary>
    private sealed class Backwards : IHeldProtector
    {
        public byte[] Protect(byte[] plain) => [.. plain.Reverse()];

        public byte[]? Unprotect(byte[] cipher) => [.. cipher.Reverse()];
    }
}
