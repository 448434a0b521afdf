using System.Text;
using Envoy.Service.Discovery.V3;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Stagedoor.Xds.Server.Rest;

/// <summary>
/// Reads the bodies of REST polls: a <c>DiscoveryRequest</c> as proto3 JSON, with both forms of names.
/// </summary>
internal sealed class RestRequests(IOptions<XdsServerOptions> options)
{
    // What a newer Envoy says of itself beyond what is known here is no error.
    private readonly Lazy<JsonParser> _parser = new(() => new JsonParser(
        JsonParser.Settings.Default.WithIgnoreUnknownFields(true).WithTypeRegistry(options.Value.JsonTypes)));

    /// <summary>The request, or the status and words of its refusal.</summary>
    public async Task<(DiscoveryRequest? Request, int Status, string Reason)> ReadAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = options.Value.MaxRestRequestBytes;
        string body;
        try
        {
            using var reader = new StreamReader(http.Request.Body, new UTF8Encoding(false, throwOnInvalidBytes: true));
            body = await reader.ReadToEndAsync(http.RequestAborted).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            return (null, e.StatusCode, e.Message);
        }
        catch (DecoderFallbackException)
        {
            return (null, StatusCodes.Status400BadRequest, "the body is not UTF-8");
        }

        if (string.IsNullOrWhiteSpace(body)) return (null, StatusCodes.Status400BadRequest, "the body is empty");
        try
        {
            return (_parser.Value.Parse<DiscoveryRequest>(body), StatusCodes.Status200OK, "");
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException
            or InvalidOperationException or OverflowException)
        {
            // Google.Protobuf throws several for text that is no such message.
            return (null, StatusCodes.Status400BadRequest, $"the body is not a DiscoveryRequest in JSON: {e.Message}");
        }
    }
}
