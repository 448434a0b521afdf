using System.Collections.Immutable;
using System.Text.Json;
using Google.Protobuf;
using Stagedoor.Api.Core;
using Stagedoor.Api.Documents;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Api;

/// <summary>Resources as bytes, for what a source keeps across a restart. Round trips keep the content hash.</summary>
public static class ResourceCodec
{
    /// <summary>The resource as JSON, its body inside as protobuf or JSON. May hold secrets in the clear.</summary>
    public static byte[] Encode(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var body = resource.Body is IMessage message
            ? message.ToByteArray()
            : JsonSerializer.SerializeToUtf8Bytes(resource.Body, resource.Body.GetType());
        return JsonSerializer.SerializeToUtf8Bytes(new Stored(
            resource.Key.Group, resource.Key.Kind, resource.Key.Namespace, resource.Key.Name,
            resource.Source.File, resource.Source.Line, resource.ContentHash.ToString("x32", null),
            resource.Metadata.Created, resource.Metadata.Generation, resource.Metadata.Labels,
            resource.Metadata.Annotations, body));
    }

    /// <summary>The resource, or null if the bytes are damaged or of a kind that is not known any more.</summary>
    public static Resource? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (JsonSerializer.Deserialize<Stored>(bytes) is not { } stored) return null;
            if (DecodeBody(stored) is not { } body) return null;
            var metadata = new ResourceMetadata
            {
                Labels = Ordinal(stored.Labels),
                Annotations = Ordinal(stored.Annotations),
                Generation = stored.Generation,
                Created = stored.Created,
            };
            return new Resource(
                new ResourceKey(stored.Group, stored.Kind, stored.Namespace, stored.Name), metadata, body,
                new SourceLocation(stored.File, stored.Line),
                UInt128.Parse(stored.Hash, System.Globalization.NumberStyles.HexNumber, null));
        }
        catch (Exception error) when (error is JsonException or InvalidProtocolBufferException or FormatException)
        {
            return null;
        }
    }

    private static object? DecodeBody(Stored stored)
    {
        if (KindTable.Messages.TryGetValue((stored.Group, stored.Kind), out var row))
            return row.Message.Parser.ParseFrom(stored.Body);
        return stored.Kind switch
        {
            nameof(Service) => JsonSerializer.Deserialize<Service>(stored.Body),
            nameof(Secret) => JsonSerializer.Deserialize<Secret>(stored.Body),
            nameof(ConfigMap) => JsonSerializer.Deserialize<ConfigMap>(stored.Body),
            nameof(Endpoints) => JsonSerializer.Deserialize<Endpoints>(stored.Body),
            nameof(EndpointSlice) => JsonSerializer.Deserialize<EndpointSlice>(stored.Body),
            nameof(Namespace) => new Namespace(),
            _ => GatewayApiKinds.All.TryGetValue((stored.Group, stored.Kind), out var kind)
                ? JsonSerializer.Deserialize(stored.Body, kind.Record)
                : null,
        };
    }

    private static ImmutableSortedDictionary<string, string> Ordinal(IReadOnlyDictionary<string, string> strings) =>
        strings.Count == 0 ? ObjectMetadata.NoStrings : ObjectMetadata.NoStrings.AddRange(strings);

    private sealed record Stored(
        string Group, string Kind, string Namespace, string Name, string File, int Line, string Hash,
        DateTimeOffset Created, long Generation, IReadOnlyDictionary<string, string> Labels,
        IReadOnlyDictionary<string, string> Annotations, byte[] Body);
}
