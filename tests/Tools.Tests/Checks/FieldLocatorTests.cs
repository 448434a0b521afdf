using Shouldly;
using Stagedoor.Api;
using Xunit;

namespace Stagedoor.Tools.Tests.Checks;

public sealed class FieldLocatorTests
{
    private const string Text =
        """
        # a comment
        kind: A
        spec: {routes: [{name: x}, {name: y}], port: 1}
        ---
        kind: B
        metadata:
          labels:
            a.b/c: d
        spec:
          virtual_host:
            routes:
            - matchers:
              - prefix: /
            - name: second
              matchers:
              - exact: /b
              options: &o
                prefixRewrite: /
            - options: *o
        """;

    [Theory]
    [InlineData(2, "spec", 3, 1, 5)]
    [InlineData(2, "spec.routes[1].name", 3, 29, 33)]
    [InlineData(2, "spec.port", 3, 40, 44)]
    [InlineData(5, "spec.virtualHost", 10, 3, 15)]
    [InlineData(5, "spec.virtualHost.routes[1]", 14, 7, 8)]
    [InlineData(5, "spec.virtualHost.routes[1].matchers[0].exact", 16, 9, 14)]
    [InlineData(5, "metadata.labels[a.b/c]", 8, 5, 10)]
    // Any line of the object will do, as diagnostics of the reader have that of their field.
    [InlineData(16, "spec.virtualHost.routes[1].matchers[0].exact", 16, 9, 14)]
    // The innermost field that is written out, also where an alias stands for the rest.
    [InlineData(5, "spec.virtualHost.routes[1].options.timeout", 17, 7, 14)]
    [InlineData(5, "spec.virtualHost.routes[2].options.prefixRewrite", 19, 7, 14)]
    [InlineData(5, "spec.virtualHost.routes[7]", 11, 5, 11)]
    public void A_field_has_a_place(int line, string field, int atLine, int column, int end) =>
        FieldLocator.Find(Text, line, field).ShouldBe(new FieldPlace(atLine, column, end));

    [Theory]
    [InlineData(1, "status")]
    [InlineData(5, "MatchableHttpGateway a.b")]
    [InlineData(5, "")]
    public void What_is_not_written_has_none(int line, string field) =>
        FieldLocator.Find(Text, line, field).ShouldBeNull();

    [Fact]
    public void Items_of_a_list_are_objects_of_their_own()
    {
        const string List = "kind: List\nitems:\n- kind: A\n  spec: {a: 1}\n- kind: B\n  spec:\n    a: 2\n";
        FieldLocator.Find(List, 3, "spec.a")!.Value.Line.ShouldBe(4);
        FieldLocator.Find(List, 5, "spec.a")!.Value.Line.ShouldBe(7);
    }

    [Fact]
    public void Json_is_read_as_well() =>
        FieldLocator.Find("{\n  \"kind\": \"A\",\n  \"spec\": {\n    \"a\": [1, 2]\n  }\n}\n", 1, "spec.a[1]")
            .ShouldBe(new FieldPlace(4, 14, 15));

    [Theory]
    [InlineData("a: [")]
    [InlineData("\t- a")]
    [InlineData("")]
    [InlineData("- - - a\n%")]
    public void A_text_that_cannot_be_read_has_no_places(string text) =>
        FieldLocator.Find(text, 1, "spec.a").ShouldBeNull();
}
