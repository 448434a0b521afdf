using Shouldly;
using Xunit;

namespace Stagedoor.Host.Tests.Serving;

public sealed class ServeErrorTests
{
    [Theory]
    [InlineData("SD6001", "serve")]
    [InlineData("SD6002", "serve", "--config", ".", "--xds-port", "65536")]
    [InlineData("SD6002", "serve", "--config", ".", "--xds-address", "here")]
    [InlineData("SD6002", "serve", "--config", ".", "--log-level", "loud")]
    [InlineData("SD6002", "serve", "--config", ".", "--envoy-concurrency", "0")]
    [InlineData("SD6002", "serve", "--config", ".", "--settings", "nowhere.json")]
    [InlineData("SD6003", "serve", "--config", ".", "--wasm-cache-port", "9979")]
    [InlineData("SD6003", "serve", "--config", ".", "--webhook-port", "0")]
    [InlineData("SD6010", "serve", "--config", ".", "--with-envoy=/nowhere/envoy")]
    [InlineData("SD6001", "translate")]
    [InlineData("SD6005", "translate", "--config", "/nowhere")]
    [InlineData("SD6001", "get", "everything")]
    [InlineData("SD6002", "get", "proxies", "--admin", "nowhere")]
    [InlineData("SD6008", "get", "proxies", "--admin", "127.0.0.1:1")]
    public async Task What_cannot_be_done_is_said_with_a_code_and_exit_code_1(string code, params string[] args)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(args);

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldStartWith($"error {code}: ");
    }

    [Fact]
    public async Task A_missing_folder_is_an_error_while_the_journal_is_empty()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, _, error) = await CommandLine.RunAsync(
            "serve", "--config", folder.At("nowhere"), "--data", folder.At("data"));

        exitCode.ShouldBe(1);
        error.ShouldStartWith("error SD6005: ");
        error.ShouldContain(folder.At("nowhere"));
    }
}
