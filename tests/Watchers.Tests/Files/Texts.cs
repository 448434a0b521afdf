namespace Stagedoor.Watchers.Tests.Files;

/// <summary>Small documents for the tests.</summary>
internal static class Texts
{
    /// <summary>A VirtualService with a display name to tell its versions apart.</summary>
    public static string Service(string name, string version) =>
        $"""
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata:
          name: {name}
        spec:
          displayName: "{version}"

        """;

    /// <summary>Several of them in one text.</summary>
    public static string Services(params (string Name, string Version)[] services) =>
        string.Join("---\n", services.Select(service => Service(service.Name, service.Version)));

    /// <summary>A document with a field that does not exist.</summary>
    public static string Wrong(string name) =>
        Service(name, "wrong").Replace("displayName", "displayNane", StringComparison.Ordinal);

    /// <summary>A document that is not YAML.</summary>
    public static string Broken(string name) => Service(name, "broken") + "oops: [\n";
}
