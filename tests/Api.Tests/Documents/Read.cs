using Shouldly;

namespace Stagedoor.Api.Tests.Documents;

/// <summary>Short forms for reading a text in a test.</summary>
internal static class Read
{
    public static DocumentSet Text(string text, string file = "a.yaml") => DocumentReader.Read(text, file);

    /// <summary>The only object of a text without errors.</summary>
    public static Resource One(string text, string file = "a.yaml")
    {
        var set = Text(text, file);
        set.Diagnostics.ShouldBeEmpty();
        return set.Resources.ShouldHaveSingleItem();
    }

    /// <summary>The only diagnostic of a text without good objects.</summary>
    public static Diagnostic Error(string text, string file = "a.yaml")
    {
        var set = Text(text, file);
        set.Resources.ShouldBeEmpty();
        var diagnostic = set.Diagnostics.ShouldHaveSingleItem();
        diagnostic.Severity.ShouldBe(Severity.Error);
        return diagnostic;
    }

    /// <summary>A VirtualService with these lines below <c>spec</c>, indented by two; they start on line 6.</summary>
    public static string VirtualService(string spec) =>
        $"""
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata:
          name: vs
        spec:
        {string.Join('\n', spec.Split('\n').Select(line => "  " + line))}
        """;
}
