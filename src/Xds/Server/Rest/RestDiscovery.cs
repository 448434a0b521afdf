using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Xds.Fetches;
using Stagedoor.Xds.Server.Fetches;
using Stagedoor.Xds.Server.Streams;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Rest;

/// <summary>
/// xDS over REST (infrastructure 1.9, rule R30): <c>POST /v3/discovery:TYPES</c> with a <c>DiscoveryRequest</c> as
/// proto3 JSON. 200 with a <c>DiscoveryResponse</c>; 304 where the client has that already; 400 for a body that is
/// none; 403 for a client that may not have it; 413 for one that is too large; 500 otherwise.
/// </summary>
internal sealed class RestDiscovery(
    StreamServices services, SnapshotFetcher fetcher, RestRequests requests, ResourceJson json)
{
    private static readonly (string Word, XdsType Type)[] Words =
    [
        ("listeners", XdsType.Listener),
        ("routes", XdsType.RouteConfiguration),
        ("clusters", XdsType.Cluster),
        ("endpoints", XdsType.ClusterLoadAssignment),
        ("secrets", XdsType.Secret),
    ];

    public void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var (word, type) in Words)
            endpoints.MapPost($"/v3/discovery:{word}", (RequestDelegate)(http => AnswerAsync(http, type)));
    }

    private async Task AnswerAsync(HttpContext http, XdsType type)
    {
        var (request, status, reason) = await requests.ReadAsync(http).ConfigureAwait(false);
        if (request is null)
        {
            await RefuseAsync(http, status, $"{XdsCodes.BadRequest}: {reason}").ConfigureAwait(false);
            return;
        }

        var (answer, refusal) = await fetcher.FetchAsync(type, request, http).ConfigureAwait(false);
        if (refusal is not null)
        {
            await RefuseAsync(http, StatusOf(refusal.Status), refusal.Text).ConfigureAwait(false);
            return;
        }

        if (answer!.IsCurrent || answer.ClientGeneration is not null)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        try
        {
            await WriteAsync(http, answer).ConfigureAwait(false);
        }
        catch (Exception e) when (
            e is InvalidOperationException or InvalidProtocolBufferException && !http.Response.HasStarted)
        {
            services.Log.NoJson(XdsCodes.NoJson, type, e.Message);
            await RefuseAsync(http, StatusCodes.Status500InternalServerError, $"{XdsCodes.NoJson}: {e.Message}")
                .ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(HttpContext http, FetchAnswer answer)
    {
        var bodies = answer.Resources.Select(resource => json.Of(resource.Resource)).ToList();
        http.Response.ContentType = "application/json";
        var output = http.Response.BodyWriter;
        long written = Write($"{{\"versionInfo\":{Quoted(answer.Version)},\"resources\":[");
        for (var i = 0; i < bodies.Count; i++)
        {
            if (i > 0) written += Write(",");
            written += bodies[i].Length;
            var flush = await output.WriteAsync(bodies[i], http.RequestAborted).ConfigureAwait(false);
            if (flush.IsCompleted) return;
        }

        written += Write($"],\"typeUrl\":{Quoted(answer.Type.TypeUrl())}}}");
        await output.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        services.Metrics.Response(answer.Type, (int)Math.Min(written, int.MaxValue));

        int Write(string text)
        {
            var span = output.GetSpan(text.Length * 3);
            var length = System.Text.Encoding.UTF8.GetBytes(text, span);
            output.Advance(length);
            return length;
        }
    }

    private static string Quoted(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static Task RefuseAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    private static int StatusOf(StatusCode status) => status switch
    {
        StatusCode.InvalidArgument => StatusCodes.Status400BadRequest,
        StatusCode.ResourceExhausted => StatusCodes.Status413PayloadTooLarge,
        StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status500InternalServerError,
    };
}
