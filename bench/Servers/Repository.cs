using System.Diagnostics;

namespace Stagedoor.Bench.Servers;

/// <summary>Where the repository and its builds are.</summary>
internal static class Repository
{
    /// <summary>The repository's root folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The server: a Release build, as <c>bench/run</c> makes it.</summary>
    public static string StagedoorDll
    {
        get
        {
            var path = Path.Combine(Root, "src/Host/bin/Release/net10.0/stagedoor.dll");
            return File.Exists(path)
                ? path
                : throw new FileNotFoundException(
                    "no Release build of src/Host; start the benchmarks with bench/run", path);
        }
    }

    /// <summary>A new folder below the system's temporary one.</summary>
    public static DirectoryInfo NewFolder(string purpose) =>
        Directory.CreateTempSubdirectory($"stagedoor-bench-{purpose}-");

    /// <summary>The Envoy that <c>eng/envoy</c> finds; null if there is none.</summary>
    public static async Task<string?> FindEnvoy()
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Root, "eng/envoy"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var path = (await process.StandardOutput.ReadToEndAsync()).Trim();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? path : null;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "global.json")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
        return folder;
    }
}
