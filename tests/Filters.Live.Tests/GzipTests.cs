using System.IO.Compression;
using System.Text;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class GzipTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Answers_are_compressed_for_clients_that_accept_it(string version)
    {
        var client = await fleet.ClientAsync(version, "gzip");
        var body = new string('a', 5000);

        var compressed = await client.GetAsync("/", ("accept-encoding", "gzip"), ("x-reply-body", body));
        compressed["content-encoding"].ShouldBe("gzip");
        compressed.Bytes.Length.ShouldBeLessThan(1000);
        await using var gzip = new GZipStream(new MemoryStream(compressed.Bytes), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe(body);

        (await client.GetAsync("/", ("x-reply-body", body)))["content-encoding"].ShouldBe("");
        (await client.GetAsync("/", ("accept-encoding", "gzip"), ("x-reply-body", body), ("x-reply-type", "image/png")))
            ["content-encoding"].ShouldBe("");
    }
}
