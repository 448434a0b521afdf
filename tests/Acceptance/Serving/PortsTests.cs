using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Acceptance.Serving;

/// <summary>The ports that a server takes.</summary>
public sealed partial class PortsTests
{
    [Fact]
    public async Task Ports_of_its_own_choice_are_printed_and_open()
    {
        using var petstore = new Petstore();
        await using var server = Serve(petstore, "data", "--xds-port", "0", "--admin-port", "0");

        var printed = await Wait.ForAsync("the line with the ports", () =>
        {
            server.MustRun();
            return Task.FromResult(Listening().Match(server.Log) is { Success: true } match ? match : null);
        });

        var ports = new[] { "xds", "admin", "rest" }
            .Select(name => int.Parse(printed.Groups[name].Value, CultureInfo.InvariantCulture))
            .ToArray();
        ports.ShouldBeUnique();
        foreach (var port in ports)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        }

        (await StagedoorProgram.RunAsync("get", "proxies", "--admin", $"127.0.0.1:{ports[1]}")).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("--xds-port")]
    [InlineData("--rest-port")]
    [InlineData("--admin-port")]
    public async Task A_port_that_is_taken_ends_it_with_an_error(string option)
    {
        using var petstore = new Petstore();
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        var taken = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var others = new[] { "--xds-port", "--rest-port", "--admin-port" }.Where(other => other != option);

        await using var server = Serve(
            petstore, "data", [option, taken, .. others.SelectMany(other => new[] { other, "0" })]);

        (await server.ExitAsync()).ShouldBe(1);
        server.Log.ShouldContain("error SD6004: ");
        server.Log.ShouldContain(taken);
    }

    private static ChildProcess Serve(Petstore petstore, string data, params string[] options) => ChildProcess.Start(
        "stagedoor serve", StagedoorProgram.Path,
        ["serve", "--config", petstore.Folder, "--data", petstore.Beside(data), .. options]);

    [GeneratedRegex(@"^listening xds=127\.0\.0\.1:(?<xds>\d+) admin=127\.0\.0\.1:(?<admin>\d+) "
        + @"rest=127\.0\.0\.1:(?<rest>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();
}
