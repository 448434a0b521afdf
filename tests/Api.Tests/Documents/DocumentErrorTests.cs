using Shouldly;
using Xunit;

namespace Stagedoor.Api.Tests.Documents;

/// <summary>What is wrong in a document is said with code, line, path and, where it helps, a hint.</summary>
public sealed class DocumentErrorTests
{
    [Theory]
    [InlineData("virtualHosts: {}", 6, "spec.virtualHosts", "virtualHost")]
    [InlineData("virtualHost:\n  rotes: []", 7, "spec.virtualHost.rotes", "routes")]
    [InlineData("virtualHost:\n  routes:\n  - matchers:\n    - prefx: /", 9,
        "spec.virtualHost.routes[0].matchers[0].prefx", "prefix")]
    [InlineData("routes: []", 6, "spec.routes", "virtualHost.routes")]
    public void An_unknown_field_comes_with_what_was_meant(string spec, int line, string field, string meant)
    {
        var error = Read.Error(Read.VirtualService(spec));

        error.Code.ShouldBe(DocumentCodes.UnknownField);
        error.Source.ShouldBe(new SourceLocation("a.yaml", line));
        error.Field.ShouldBe(field);
        error.Hint.ShouldNotBeNull().ShouldContain($"\"{meant}\"");
        error.Resource.ShouldBe(ResourceKey.Of(ResourceKinds.VirtualService, "default", "vs"));
    }

    [Theory]
    [InlineData("displayName: 1", "string")]
    [InlineData("displayName: yes", "string")]
    [InlineData("displayName: [a]", "string")]
    [InlineData("virtualHost: [a]", "object")]
    [InlineData("virtualHost: {domains: a}", "list")]
    [InlineData("virtualHost: {domains: [null]}", "element")]
    [InlineData("virtualHost: {routes: [{options: {timeout: 5}}]}", "duration")]
    [InlineData("virtualHost: {routes: [{options: {timeout: 5x}}]}", "duration")]
    [InlineData("virtualHost: {routes: [{directResponseAction: {status: -1}}]}", "integer from 0")]
    [InlineData("virtualHost: {routes: [{directResponseAction: {status: 4294967296}}]}", "integer from 0")]
    [InlineData("virtualHost: {routes: [{directResponseAction: {status: 1.5}}]}", "integer from 0")]
    [InlineData("virtualHost: {routes: [{matchers: [{caseSensitive: \"true\"}]}]}", "true or false")]
    [InlineData("virtualHost: {routes: [{redirectAction: {responseCode: FOUNDD}}]}", "FOUND")]
    public void A_value_of_another_type_is_refused(string spec, string expected)
    {
        var error = Read.Error(Read.VirtualService(spec));

        error.Code.ShouldBe(DocumentCodes.BadValue);
        error.Source!.Value.Line.ShouldBe(6);
        error.Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("virtualHost:\n  routes:\n  - routeAction: {}\n    redirectAction: {}", 9)]
    [InlineData("virtualHost:\n  routes:\n  - matchers:\n    - prefix: /\n      exact: /a", 10)]
    [InlineData("displayName: a\ndisplay_name: b", 7)]
    public void Fields_that_exclude_each_other_are_refused(string spec, int line)
    {
        var error = Read.Error(Read.VirtualService(spec));

        error.Code.ShouldBe(DocumentCodes.OneOf);
        error.Source!.Value.Line.ShouldBe(line);
    }

    [Fact]
    public void A_null_leaves_its_field_out()
    {
        var service = Read.One(
            Read.VirtualService("virtualHost:\n  routes:\n  - routeAction: ~\n    redirectAction: {}"));

        service.As<Solo.Gateway.VirtualService>().VirtualHost.Routes[0].RedirectAction.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("a: b", DocumentCodes.NoKind)]
    [InlineData("- a", DocumentCodes.NoKind)]
    [InlineData("just words", DocumentCodes.NoKind)]
    [InlineData("kind: Secret", DocumentCodes.NoKind)]
    [InlineData("apiVersion: v1", DocumentCodes.NoKind)]
    [InlineData("apiVersion: 1\nkind: Secret", DocumentCodes.NoKind)]
    [InlineData("apiVersion: gloo.solo.io/v1\nkind: VirtualService", DocumentCodes.UnknownKind)]
    [InlineData("apiVersion: gateway.solo.io/v1\nkind: VirtualServce", DocumentCodes.UnknownKind)]
    [InlineData("apiVersion: gateway.solo.io/v2\nkind: VirtualService\nmetadata: {name: a}", DocumentCodes.UnknownKind)]
    [InlineData("apiVersion: v1\nkind: Secret", DocumentCodes.Metadata)]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: {}", DocumentCodes.Metadata)]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: {generateName: a-}", DocumentCodes.Metadata)]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: {name: A}", DocumentCodes.Metadata)]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: {name: a.-b}", DocumentCodes.Metadata)]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: b.c}", DocumentCodes.Metadata)]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata: {name: a.b}", DocumentCodes.Metadata)]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: {name: 1}", DocumentCodes.BadValue)]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: {name: a, labels: {b: 1}}", DocumentCodes.BadValue)]
    [InlineData("kind: Secret\nkind: Secret", DocumentCodes.DuplicateKey)]
    [InlineData("{\"kind\": \"Secret\", \"kind\": \"Secret\"}", DocumentCodes.DuplicateKey)]
    [InlineData("a: [b", DocumentCodes.Syntax)]
    [InlineData("a: \"b", DocumentCodes.Syntax)]
    [InlineData("a:\n\tb: c", DocumentCodes.Syntax)]
    [InlineData("a: b\0: c", DocumentCodes.Syntax)]
    [InlineData("a: \"\\0\"", DocumentCodes.Syntax)]
    [InlineData("a: *b", DocumentCodes.Syntax)]
    [InlineData("a: &b [*b]", DocumentCodes.Syntax)]
    [InlineData("? [a]\n: b", DocumentCodes.Syntax)]
    [InlineData("<<: a", DocumentCodes.Syntax)]
    public void A_malformed_document_has_one_code(string text, string code) =>
        Read.Error(text).Code.ShouldBe(code);

    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Read.Error("a: b" + (char)0xD800 + "c").Code.ShouldBe(DocumentCodes.Syntax);

    [Fact]
    public void The_line_of_a_syntax_error_is_that_of_the_file()
    {
        var error = Read.Error("# first\n---\n# third\na: b\nc: \"d\n");

        error.Code.ShouldBe(DocumentCodes.Syntax);
        error.Source!.Value.Line.ShouldBeInRange(5, 6);
        Read.Error("{\n \"a\": 1,\n oops\n}", "a.json").Source!.Value.Line.ShouldBe(3);
    }

    [Fact]
    public void A_broken_document_costs_only_itself()
    {
        var good = Read.VirtualService("displayName: d");
        var other = good.Replace("name: vs", "name: other", StringComparison.Ordinal);

        var wrong = good.Replace("displayName", "dsplayName", StringComparison.Ordinal);

        var set = Read.Text($"{good}\n---\nkind: \"oops\n---\n{other}\n---\n{wrong}");

        set.Resources.Select(r => r.Key.Name).ShouldBe(["vs", "other"]);
        set.Resources[1].Source.Line.ShouldBe(10);
        set.HasUnidentified.ShouldBeTrue();
        set.Broken.ShouldHaveSingleItem().Name.ShouldBe("vs");
        set.Diagnostics.Select(d => d.Code).ShouldBe([DocumentCodes.Syntax, DocumentCodes.UnknownField]);
    }

    [Fact]
    public void Only_so_many_errors_of_a_document_are_reported()
    {
        var text = Read.VirtualService(string.Join('\n', Enumerable.Range(0, 50).Select(i => $"wrong{i}: 1")));

        Read.Text(text).Diagnostics.Length.ShouldBe(DocumentReaderOptions.Default.MaxErrors);
    }

    [Fact]
    public void A_field_of_the_specification_at_the_top_is_pointed_out()
    {
        var error = Read.Error(Read.VirtualService("displayName: d") + "\nvirtualHost: {}");

        error.Hint.ShouldNotBeNull().ShouldContain("spec.virtualHost");
    }

    [Theory]
    [InlineData("stringData: {password: [hunter2-secret]}")]
    [InlineData("data: {password: hunter2-secret}")]
    [InlineData("data: {password: 'hunter2-secret!'}")]
    [InlineData("data: {password: aa, hunter2-secret")]
    [InlineData("stringData: {password: \"hunter2-secret\nmore: \"x\"}")]
    public void Secrets_do_not_appear_in_messages(string data)
    {
        var error = Read.Error($"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\n{data}");

        $"{error} {error.Hint}".ShouldNotContain("hunter2");
    }
}
