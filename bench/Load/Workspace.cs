using System.Text;

namespace Stagedoor.Bench.Load;

/// <summary>
/// A folder of Gloo resources of a given size, with one VirtualService and one Upstream that are changed.
/// </summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>The role of the clients.</summary>
    public const string Role = "gloo-system~gateway-proxy";

    private readonly DirectoryInfo _folder = Repository();

    /// <summary>The folder for <c>--config</c>.</summary>
    public string Config => Path.Combine(_folder.FullName, "config");

    /// <summary>The folder for <c>--data</c>.</summary>
    public string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>
    /// Writes the Gateway, the marked resources, and <paramref name="routes"/> VirtualServices beside them.
    /// </summary>
    /// <param name="routes">VirtualServices (one domain, two routes each) beside the marked one.</param>
    /// <param name="clusters">Upstreams beside the marked one, all of them used.</param>
    /// <param name="broken">A file beside them that cannot be read to its end, and one that cannot be
    /// translated.</param>
    /// <param name="gatewayPort">Port of the listener.</param>
    /// <param name="backendPort">Port of the marked upstream's host.</param>
    public static Workspace Create(
        int routes, int clusters, bool broken = false, int gatewayPort = 8080, int backendPort = 8090)
    {
        var workspace = new Workspace();
        Directory.CreateDirectory(workspace.Config);
        File.WriteAllText(Path.Combine(workspace.Config, "gateway.yaml"), Documents.Gateway(gatewayPort));
        workspace.WriteUpstream(1);
        workspace.WriteRoute("start");
        for (var i = 0; i < routes; i++)
        {
            var upstream = clusters == 0 ? "marked" : $"up-{i % clusters}";
            File.WriteAllText(
                Path.Combine(workspace.Config, $"vs-{i}.yaml"),
                Documents.VirtualService($"vs-{i}", $"h{i}.example.com", upstream, "none"));
        }

        if (broken) File.WriteAllText(Path.Combine(workspace.Config, "broken.yaml"), Documents.Broken);
        WriteUpstreams(workspace.Config, clusters, routes == 0, backendPort);
        return workspace;
    }

    /// <summary>
    /// Saves the marked VirtualService with another answer of its direct response, as an editor does: whole, renamed
    /// in.
    /// </summary>
    public void WriteRoute(string mark) =>
        Save("vs-marked.yaml", Documents.VirtualService("marked", "marked.example.com", "marked", mark));

    /// <summary>Saves the marked Upstream with another connect timeout.</summary>
    public void WriteUpstream(int milliseconds) =>
        Save("us-marked.yaml", Documents.Upstream("marked", 8090, milliseconds));

    public void Dispose() => _folder.Delete(recursive: true);

    private static DirectoryInfo Repository() => Servers.Repository.NewFolder("config");

    private static void WriteUpstreams(string config, int clusters, bool routed, int backendPort)
    {
        foreach (var chunk in Enumerable.Range(0, clusters).Chunk(100))
        {
            var text = new StringBuilder();
            foreach (var i in chunk) text.Append(Documents.Upstream($"up-{i}", backendPort, 5000)).Append("---\n");
            if (routed) text.Append(Documents.FanOut($"fan-{chunk[0]}", $"f{chunk[0]}.example.com", chunk));
            File.WriteAllText(Path.Combine(config, $"us-{chunk[0]}.yaml"), text.ToString());
        }
    }

    private void Save(string name, string text)
    {
        var path = Path.Combine(Config, name);
        File.WriteAllText(path + ".swp", text);
        File.Move(path + ".swp", path, overwrite: true);
    }
}
