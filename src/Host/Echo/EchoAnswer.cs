using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;

namespace Stagedoor.Host.Echo;

/// <summary>What an echo backend says about the request that it received.</summary>
internal sealed record EchoAnswer
{
    /// <summary>Bytes of a body that are repeated in the answer; what follows is only counted.</summary>
    public const int MaxBody = 64 * 1024;

    /// <summary>Name of the answering server.</summary>
    public required string Server { get; init; }

    /// <summary>Port of the answering server.</summary>
    public required int Port { get; init; }

    /// <summary><c>HTTP/1.1</c> or <c>HTTP/2</c>.</summary>
    public required string Protocol { get; init; }

    public required string Method { get; init; }

    /// <summary><c>Host</c> or <c>:authority</c>.</summary>
    public required string Host { get; init; }

    /// <summary>Path as it came, still escaped.</summary>
    public required string Path { get; init; }

    /// <summary>What follows the question mark, still escaped; empty without one.</summary>
    public required string Query { get; init; }

    /// <summary>Header names in lower case; values of a repeated header joined by <c>", "</c>.</summary>
    public required ImmutableSortedDictionary<string, string> Headers { get; init; }

    /// <summary>The body, as text if it is UTF-8, else in base64.</summary>
    public required string Body { get; init; }

    /// <summary>Length of the whole body.</summary>
    public required long BodyBytes { get; init; }

    /// <summary>Reads a request to its end and describes it.</summary>
    public static async Task<EchoAnswer> OfAsync(HttpContext context, string server)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.Request;
        var (body, length) = await ReadAsync(request.Body, context.RequestAborted).ConfigureAwait(false);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>()
            .RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return new EchoAnswer
        {
            Server = server,
            Port = context.Connection.LocalPort,
            Protocol = request.Protocol,
            Method = request.Method,
            Host = request.Host.Value ?? "",
            Path = question < 0 ? target : target[..question],
            Query = question < 0 ? "" : target[(question + 1)..],
            Headers = request.Headers
                .Where(header => !header.Key.StartsWith(':'))
                .GroupBy(header => Lower(header.Key), StringComparer.Ordinal)
                .ToImmutableSortedDictionary(
                    same => same.Key,
                    same => string.Join(", ", same.SelectMany(header => header.Value.ToArray())),
                    StringComparer.Ordinal),
            Body = Text(body),
            BodyBytes = length,
        };
    }

    private static async Task<(byte[] Start, long Length)> ReadAsync(Stream body, CancellationToken stop)
    {
        using var start = new MemoryStream();
        var buffer = new byte[16 * 1024];
        long length = 0;
        int read;
        while ((read = await body.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0)
        {
            length += read;
            start.Write(buffer, 0, (int)Math.Min(read, MaxBody - start.Length));
        }

        return (start.ToArray(), length);
    }

    private static string Text(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Convert.ToBase64String(bytes);
        }
    }

    // Header names are lower-case on the wire of HTTP/2 and in Envoy.
#pragma warning disable CA1308
    private static string Lower(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308
}

/// <summary>Writes answers without reflection.</summary>
[JsonSerializable(typeof(EchoAnswer))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
internal sealed partial class EchoJson : JsonSerializerContext;
