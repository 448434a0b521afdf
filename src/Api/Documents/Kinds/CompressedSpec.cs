using System.IO.Compression;
using System.Text;

namespace Stagedoor.Api.Documents;

/// <summary>
/// A Proxy's <c>compressedSpec</c>: base64 of the zlib stream of the spec's JSON (gateway-translation 1.11).
/// </summary>
internal static class CompressedSpec
{
    private const int MaxExpanded = 64 << 20;

    /// <summary>The compressed text in a spec, or null.</summary>
    public static Node? Find(Node spec) =>
        spec.Kind == NodeKind.Map && (spec["compressedSpec"] ?? spec["compressed_spec"]) is { Text.Length: > 0 } text
            ? text
            : null;

    /// <summary>The expanded spec, all of it at the line of the compressed text; null after an error.</summary>
    public static Node? Expand(Node compressed, ReadContext context)
    {
        try
        {
            using var zlib = new ZLibStream(
                new MemoryStream(Convert.FromBase64String(compressed.Text)), CompressionMode.Decompress);
            var json = Encoding.UTF8.GetString(ReadLimited(zlib));
            if (JsonNodes.Read(json, compressed.Line, context.Options) is [{ Kind: NodeKind.Map } spec]) return spec;
        }
        catch (Exception error) when (error is FormatException or InvalidDataException or DocumentException)
        {
            // Reported below, whatever it was.
        }

        context.Error(
            DocumentCodes.BadValue, compressed.Line, "compressedSpec is not base64 of a zlib stream of a spec in JSON");
        return null;
    }

    private static byte[] ReadLimited(ZLibStream zlib)
    {
        using var result = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (var read = zlib.Read(buffer); read > 0; read = zlib.Read(buffer))
        {
            if (result.Length + read > MaxExpanded) throw new InvalidDataException();
            result.Write(buffer, 0, read);
        }

        return result.ToArray();
    }
}
