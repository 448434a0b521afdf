using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Shouldly;
using Stagedoor.Host.Commands;
using Stagedoor.Host.Echo;
using Xunit;

namespace Stagedoor.Host.Tests.Echo;

public sealed class EchoTests : IAsyncLifetime
{
    private EchoServer _server = null!;
    private HttpClient _client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await EchoServer.StartAsync(new EchoOptions("blue", IPAddress.Loopback, 0), Stop);
        _client = new HttpClient { BaseAddress = new Uri($"http://{_server.EndPoint}") };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("1.1", "HTTP/1.1")]
    [InlineData("2.0", "HTTP/2")]
    public async Task One_port_answers_both_protocols_with_what_it_received(string version, string protocol)
    {
        using var request = Request(version, HttpMethod.Post, "/api/pets%20x?a=1&b=%2F");
        request.Headers.Host = "pets.example";
        request.Headers.Add("X-Trace", ["one", "two"]);
        request.Content = new StringContent("hello");

        using var response = await _client.SendAsync(request, Stop);
        var answer = await JsonAsync(response);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Text(answer, "protocol").ShouldBe(protocol);
        Text(answer, "server").ShouldBe("blue");
        answer.GetProperty("port").GetInt32().ShouldBe(_server.EndPoint.Port);
        Text(answer, "method").ShouldBe("POST");
        Text(answer, "host").ShouldBe("pets.example");
        Text(answer, "path").ShouldBe("/api/pets%20x");
        Text(answer, "query").ShouldBe("a=1&b=%2F");
        Text(answer.GetProperty("headers"), "x-trace").ShouldBe("one, two");
        Text(answer, "body").ShouldBe("hello");
        answer.GetProperty("bodyBytes").GetInt64().ShouldBe(5);
    }

    [Fact]
    public async Task A_long_body_is_counted_but_not_repeated()
    {
        using var request = Request("2.0", HttpMethod.Put, "/");
        request.Content = new ByteArrayContent(new byte[EchoAnswer.MaxBody + 1000]);

        using var response = await _client.SendAsync(request, Stop);
        var answer = await JsonAsync(response);

        answer.GetProperty("bodyBytes").GetInt64().ShouldBe(EchoAnswer.MaxBody + 1000);
        Text(answer, "body").Length.ShouldBe(EchoAnswer.MaxBody);
    }

    [Theory]
    [InlineData("503", HttpStatusCode.ServiceUnavailable)]
    [InlineData("204", HttpStatusCode.NoContent)]
    [InlineData("9", HttpStatusCode.OK)]
    [InlineData("many", HttpStatusCode.OK)]
    public async Task A_request_chooses_its_status(string wanted, HttpStatusCode status)
    {
        using var request = Request("1.1", HttpMethod.Get, "/");
        request.Headers.Add("x-echo-status", wanted);

        using var response = await _client.SendAsync(request, Stop);

        response.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task A_preface_that_comes_in_pieces_is_understood()
    {
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(_server.EndPoint, Stop);
        var stream = socket.GetStream();
        foreach (var piece in new[] { "P", "RI * HTT", "P/2.0\r\n\r\nSM\r\n\r\n" })
            await stream.WriteAsync(Encoding.ASCII.GetBytes(piece), Stop);
        // An empty SETTINGS frame, which the server answers with its own: type 4 in the fourth byte.
        await stream.WriteAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }, Stop);

        var frame = new byte[9];
        await stream.ReadExactlyAsync(frame, Stop);

        frame[3].ShouldBe((byte)4);
    }

    [Fact]
    public async Task A_taken_port_is_an_error_with_a_code()
    {
        var options = new EchoOptions("green", IPAddress.Loopback, _server.EndPoint.Port);

        var failure = await Should.ThrowAsync<CommandException>(() => EchoServer.StartAsync(options, Stop));

        failure.Diagnostic.Code.ShouldBe(HostCodes.Port);
        failure.Message.ShouldContain($"127.0.0.1:{_server.EndPoint.Port}");
    }

    private static HttpRequestMessage Request(string version, HttpMethod method, string target) => new(method, target)
    {
        Version = Version.Parse(version),
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop));
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
