using System.Buffers;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Google.Protobuf;

namespace Stagedoor.Api;

/// <summary>
/// <see cref="Resource.ContentHash"/>: a hash of what an object says, independent of layout, comments, order of keys,
/// generation and age.
/// </summary>
public static class ContentHashes
{
    /// <summary>The hash of an object's labels, annotations and body.</summary>
    /// <param name="metadata">Labels and annotations count; generation and age do not.</param>
    /// <param name="body">
    /// A message whose maps were filled in key order and whose metadata has no generation, or a record of
    /// <see cref="Core"/>.
    /// </param>
    public static UInt128 Of(ResourceMetadata metadata, object body)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var hash = new XxHash128();
        Append(hash, metadata.Labels);
        Append(hash, metadata.Annotations);
        if (body is IMessage message)
        {
            var size = message.CalculateSize();
            var buffer = ArrayPool<byte>.Shared.Rent(size);
            message.WriteTo(buffer.AsSpan(0, size));
            hash.Append(buffer.AsSpan(0, size));
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
        else
        {
            hash.Append(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType()));
        }

        return hash.GetCurrentHashAsUInt128();
    }

    private static void Append(XxHash128 hash, ImmutableSortedDictionary<string, string> strings)
    {
        foreach (var (key, value) in strings)
        {
            // JSON strings are separated by their quotes, so no two maps look alike.
            hash.Append(Encoding.UTF8.GetBytes(JsonEncodedText.Encode(key).Value));
            hash.Append("\":\""u8);
            hash.Append(Encoding.UTF8.GetBytes(JsonEncodedText.Encode(value).Value));
            hash.Append("\","u8);
        }

        hash.Append("\n"u8);
    }
}
