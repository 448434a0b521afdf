using System.Diagnostics;
using Xunit;

namespace Stagedoor.Tools.Tests;

/// <summary>Envoys that <c>eng/envoy</c> finds. Where there is none a test is skipped, except in CI.</summary>
internal static class RealEnvoy
{
    public static readonly TheoryData<string> Versions = ["1.40.0", "1.36.4"];

    /// <summary>Path of the executable.</summary>
    internal static async Task<string> FindAsync(string version)
    {
        var (exitCode, output, error) = await RunAsync(Path.Combine(Repository(), "eng", "envoy"), version);
        if (exitCode != 0 && Environment.GetEnvironmentVariable("CI") is null or "") Assert.Skip($"no Envoy: {error}");
        Assert.True(exitCode == 0, error);
        return output.Trim();
    }

    internal static async Task<(int ExitCode, string Output, string Error)> RunAsync(string file, params string[] args)
    {
        var start = new ProcessStartInfo(file, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    internal static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Build.props")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("not inside the repository");
    }
}
