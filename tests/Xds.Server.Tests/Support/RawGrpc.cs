using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;

namespace Stagedoor.Xds.Server.Tests.Support;

/// <summary>A gRPC call by hand: one message, then everything that comes back until the end.</summary>
/// <param name="Status">The gRPC status; null: the call did not end in time.</param>
/// <param name="Text">All bytes that came, as Latin-1, and the status message.</param>
internal sealed record RawGrpc(int? Status, string Text)
{
    public const int PermissionDenied = 7;

    public static async Task<RawGrpc> CallAsync(
        HttpClient client, string path, IMessage message, TimeSpan patience, CancellationToken cancellation)
    {
        var body = new byte[5 + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), body.Length - 5);
        message.WriteTo(body.AsSpan(5));
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(patience);
        using var response = await client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        var bytes = new MemoryStream();
        try
        {
            await (await response.Content.ReadAsStreamAsync(deadline.Token)).CopyToAsync(bytes, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new RawGrpc(null, Encoding.Latin1.GetString(bytes.ToArray()));
        }

        var trailers = response.TrailingHeaders.Concat(response.Headers).ToLookup(
            header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        return new RawGrpc(
            int.Parse(trailers["grpc-status"].Single(), null),
            Encoding.Latin1.GetString(bytes.ToArray())
                + Uri.UnescapeDataString(trailers["grpc-message"].FirstOrDefault() ?? ""));
    }
}
