using Shouldly;
using Xunit;

namespace Stagedoor.Api.Tests.Documents;

/// <summary>Many documents in one text, lists, other kinds, aliases, limits.</summary>
public sealed class StreamTests
{
    private const string Map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\n";

    private static string Named(string name) => Map.Replace("NAME", name, StringComparison.Ordinal);

    [Theory]
    [InlineData("---\n")]
    [InlineData("--- # comment\n")]
    [InlineData("---\t\n")]
    [InlineData("...\n---\n")]
    [InlineData("...\n%YAML 1.1\n---\n")]
    [InlineData("---\n---\n# nothing\n---\n~\n---\n")]
    public void Documents_are_separated_by_markers(string marker)
    {
        var set = Read.Text(Named("a") + marker + Named("b"));

        set.Diagnostics.ShouldBeEmpty();
        set.Resources.Select(r => r.Key.Name).ShouldBe(["a", "b"]);
        set.Resources[1].Source.Line.ShouldBe(4 + marker.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Line_ends_do_not_matter(string end)
    {
        var text = (Named("a") + "data:\n  k: |\n    one\n    two\n---\n" + Named("b")).Replace("\n", end);

        var set = Read.Text("\uFEFF" + text);

        set.Resources.Length.ShouldBe(2);
        set.Resources[0].As<Core.ConfigMap>().Data["k"].ShouldBe("one\ntwo\n");
        set.Resources[1].Source.Line.ShouldBe(9);
    }

    [Fact]
    public void Json_documents_may_follow_each_other()
    {
        const string one = """{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}""";

        var set = Read.Text($"{one}\n{one.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)}\n", "a.json");

        set.Resources.Select(r => (r.Key.Name, r.Source.Line)).ShouldBe([("a", 1), ("b", 2)]);
    }

    [Fact]
    public void Flow_style_is_not_taken_for_json() =>
        Read.One("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}").Key.Name.ShouldBe("a");

    [Fact]
    public void A_list_holds_objects_of_several_kinds()
    {
        var set = Read.Text(
            """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: ConfigMap
              metadata: {name: a}
            - apiVersion: v1
              kind: Secret
              metadata: {name: b, namespace: c}
            """);

        set.Resources.Select(r => $"{r.Key}:{r.Source.Line}").ShouldBe(["ConfigMap default/a:4", "Secret c/b:7"]);
    }

    [Fact]
    public void Items_of_a_typed_list_need_not_say_their_kind()
    {
        var resource = Read.One(
            """
            {"apiVersion": "gateway.solo.io/v1", "kind": "VirtualServiceList", "metadata": {"resourceVersion": "1"},
             "items": [{"metadata": {"name": "a"}, "spec": {"displayName": "d"}}]}
            """,
            "a.json");

        resource.Key.ToString().ShouldBe("VirtualService default/a");
    }

    [Fact]
    public void Other_kinds_are_listed_once_as_ignored()
    {
        const string pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n";
        const string deployment = "apiVersion: apps/v1\nkind: Deployment\nspec: {anything: [goes]}\n";

        var set = Read.Text($"{pod}---\n{deployment}---\n{pod}---\n{Named("a")}");

        set.Resources.Length.ShouldBe(1);
        set.HasUnidentified.ShouldBeFalse();
        set.Diagnostics.Select(d => (d.Code, d.Severity, d.Message)).ShouldBe(
        [
            (DocumentCodes.IgnoredKind, Severity.Info, "Deployment (apps/v1) is not read"),
            (DocumentCodes.IgnoredKind, Severity.Info, "Pod (v1) is not read (2 documents)"),
        ]);
    }

    [Fact]
    public void Aliases_and_merge_keys_are_expanded()
    {
        var map = Read.One(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: &n a}
            data:
              <<: [&x {p: one, q: two}, {q: three, r: four}]
              p: five
              s: *n
            """).As<Core.ConfigMap>();

        map.Data.Select(pair => pair.Key + pair.Value).ShouldBe(["pfive", "qtwo", "rfour", "sa"]);
    }

    [Fact]
    public void A_yaml_bomb_is_refused()
    {
        var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
        for (var i = 1; i < 30; i++)
            bomb += $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n";

        var error = Read.Error(bomb);

        error.Code.ShouldBe(DocumentCodes.Limit);
        error.Source!.Value.Line.ShouldBeInRange(4, 8);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    [InlineData("- ", "")]
    [InlineData("{\"a\":", "}")]
    public void Deep_nesting_is_refused(string open, string close)
    {
        static string Many(string part) => string.Concat(Enumerable.Repeat(part, 100_000));
        var text = Many(open) + "x" + Many(close);

        Read.Error(text).Code.ShouldBe(DocumentCodes.Limit);
    }

    [Fact]
    public void Depth_hidden_in_aliases_counts()
    {
        var text = "a0: &a0 [x]\n";
        for (var i = 1; i < 200; i++) text += $"a{i}: &a{i} [*a{i - 1}]\n";

        Read.Error(text).Code.ShouldBe(DocumentCodes.Limit);
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused()
    {
        var set = DocumentReader.Read(new string('#', 100), "a.yaml", new DocumentReaderOptions { MaxText = 99 });

        set.HasUnidentified.ShouldBeTrue();
        set.Diagnostics.ShouldHaveSingleItem().Code.ShouldBe(DocumentCodes.Limit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n---\n")]
    [InlineData("\uFEFF")]
    public void Nothing_is_nothing(string text)
    {
        var set = Read.Text(text);

        set.Resources.ShouldBeEmpty();
        set.Diagnostics.ShouldBeEmpty();
        set.HasUnidentified.ShouldBeFalse();
    }
}
