using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>
/// The golden case <c>lambda</c> in a real Envoy, with a server of the test's own in place of AWS: its address is all
/// that is changed.
/// </summary>
public sealed class LambdaTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("1.40.0")]
    [InlineData("1.36.4")]
    public async Task A_function_is_called_signed_and_its_answer_unwrapped(string version)
    {
        var executable = RealEnvoy.Find(version);
        if (executable is null && Environment.GetEnvironmentVariable("CI") is null) Assert.Skip($"no Envoy {version}");
        using var lambda = new FakeLambda();
        var port = FakeLambda.FreePort();
        var file = Path.Combine(Path.GetTempPath(), $"stagedoor-{Guid.NewGuid():n}.json");
        await File.WriteAllTextAsync(
            file, Bootstrap(lambda.Port, port).ToJsonString(), TestContext.Current.CancellationToken);
        using var envoy = Process.Start(new ProcessStartInfo(
            executable.ShouldNotBeNull(),
            ["-c", file, "--disable-hot-restart", "--concurrency", "1", "-l", "error"]))!;
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Deadline };
            client.DefaultRequestHeaders.Host = "a.example.com";
            await UntilReadyAsync(client);
            await Calls(client, lambda);
        }
        finally
        {
            envoy.Kill();
            await envoy.WaitForExitAsync(TestContext.Current.CancellationToken);
            File.Delete(file);
        }
    }

    private static async Task Calls(HttpClient client, FakeLambda lambda)
    {
        var cancel = TestContext.Current.CancellationToken;
        lambda.Answer = """
            {"statusCode":201,"headers":{"X-Fn":"yes"},"multiValueHeaders":{"x-many":["1","2"]},"body":"aGk=",
             "isBase64Encoded":true}
            """;
        using var wrapped = await client.GetAsync(new Uri("/wrap?x=1", UriKind.Relative), cancel);
        wrapped.StatusCode.ShouldBe(HttpStatusCode.Created);
        wrapped.Headers.GetValues("x-fn").ShouldBe(["yes"]);
        wrapped.Headers.GetValues("x-many").ShouldBe(["1", "2"]);
        (await wrapped.Content.ReadAsStringAsync(cancel)).ShouldBe("hi");
        lambda.Calls.TryDequeue(out var call).ShouldBeTrue();
        Uri.UnescapeDataString(call.Path).ShouldBe(
            "/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:hello-fn:7/invocations");
        call.Headers["authorization"].ShouldNotBeNull().ShouldStartWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/");
        call.Headers["host"].ShouldBe("lambda.us-east-1.amazonaws.com");
        call.Headers["x-amz-security-token"].ShouldBe("token");
        var payload = JsonDocument.Parse(call.Payload).RootElement;
        payload.GetProperty("httpMethod").GetString().ShouldBe("GET");
        payload.GetProperty("path").GetString().ShouldBe("/wrap");
        payload.GetProperty("queryStringParameters").GetProperty("x").GetString().ShouldBe("1");

        lambda.Answer = """{"statusCode":200,"headers":{"x-evil":"a\r\nb: c"},"body":""}""";
        using var hostile = await client.GetAsync(new Uri("/alb", UriKind.Relative), cancel);
        hostile.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        lambda.Calls.TryDequeue(out _).ShouldBeTrue();

        lambda.Answer = "\"as it is\"";
        using var plain = await client.PostAsync(
            new Uri("/sync", UriKind.Relative), new StringContent("payload"), cancel);
        (await plain.Content.ReadAsStringAsync(cancel)).ShouldBe("\"as it is\"");
        lambda.Calls.TryDequeue(out call).ShouldBeTrue();
        call.Payload.ShouldBe("payload");
    }

    private static async Task UntilReadyAsync(HttpClient client)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(
                    new Uri("/nowhere", UriKind.Relative), TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException) when (watch.Elapsed < Deadline)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
            }
        }
    }

    private static JsonObject Bootstrap(int lambda, int port)
    {
        var bootstrap = RealEnvoy.Bootstrap(Views.Of(Golden.Input("lambda")).Translate());
        var resources = bootstrap["staticResources"]!;
        resources["listeners"]![0]!["address"] = Address(port);
        foreach (var cluster in resources["clusters"]!.AsArray())
        {
            if ((string)cluster!["name"]! != "lambda_gloo-system") continue;
            cluster["type"] = "STATIC";
            cluster.AsObject().Remove("transportSocket");
            cluster["loadAssignment"]!["endpoints"]![0]!["lbEndpoints"]![0]!["endpoint"]!["address"] = Address(lambda);
        }

        return bootstrap;
    }

    private static JsonObject Address(int port) => new()
    {
        ["socketAddress"] = new JsonObject { ["address"] = "127.0.0.1", ["portValue"] = port },
    };
}
