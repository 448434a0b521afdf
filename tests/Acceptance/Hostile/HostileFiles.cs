namespace Stagedoor.Acceptance.Hostile;

/// <summary>Files that cannot be read as such, or should not be there.</summary>
internal static class HostileFiles
{
    private const long TooLarge = (64L << 20) + 1;

    public static IEnumerable<HostileCase> All =>
    [
        new("too-large", "SD1101", "too-large.yaml", folder =>
        {
            using var file = File.Create(Path.Combine(folder, "too-large.yaml"));
            file.SetLength(TooLarge);
        }),
        new("link-to-itself", "SD1110", "link-to-itself.yaml", folder =>
            File.CreateSymbolicLink(Path.Combine(folder, "link-to-itself.yaml"), "link-to-itself.yaml")),
        new("link-to-nothing", "SD1110", "link-to-nothing.json", folder =>
            File.CreateSymbolicLink(Path.Combine(folder, "link-to-nothing.json"), "/nonexistent/file")),
        new("link-to-a-device", "SD1110", "link-to-a-device.yaml", folder =>
            File.CreateSymbolicLink(Path.Combine(folder, "link-to-a-device.yaml"), "/dev/zero")),
        // Read once: the folder that leads back to itself must not bring its files again.
        new("link-upwards", "SD1007", "link-upwards/inside.yaml:3", folder =>
        {
            var inside = Directory.CreateDirectory(Path.Combine(folder, "link-upwards")).FullName;
            Directory.CreateSymbolicLink(Path.Combine(inside, "back"), "..");
            Directory.CreateSymbolicLink(Path.Combine(inside, "self"), ".");
            File.WriteAllText(
                Path.Combine(inside, "inside.yaml"),
                "{apiVersion: gateway.solo.io/v1, kind: VirtualService,\n metadata: {name: link},\n oops: 1}\n");
        }),
        new("too-deep", "SD1107", ".", folder =>
            Directory.CreateDirectory(Path.Combine(folder, string.Join('/', Enumerable.Repeat("d", 40))))),
        new("duplicate", "SD1102", "duplicate.yaml:1", folder => Twice(folder, "duplicate.yaml"))
        {
            Object = "Upstream gloo-system/petstore",
        },
        new("duplicate-in-itself", "SD1102", "duplicate-in-itself.yaml:6", folder => File.WriteAllText(
            Path.Combine(folder, "duplicate-in-itself.yaml"), $"{Named("twice")}---\n{Named("twice")}"))
        {
            Object = "VirtualService gloo-system/twice",
        },
    ];

    private static void Twice(string folder, string file) => File.WriteAllText(Path.Combine(folder, file), """
        apiVersion: gloo.solo.io/v1
        kind: Upstream
        metadata: {name: petstore, namespace: gloo-system}
        spec: {static: {hosts: [{addr: 127.0.0.1, port: 1}]}}
        """);

    private static string Named(string name) => $$$"""
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: {{{name}}}, namespace: gloo-system}
        spec: {virtualHost: {domains: [{{{name}}}.example.com]}}

        """;
}
