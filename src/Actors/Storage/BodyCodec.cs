using Google.Protobuf;
using Stagedoor.Actors.Protocol;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Storage;

/// <summary>Resources as they are stored and sent. What holds secrets is encrypted if there is a protector.</summary>
/// <param name="protector">For storage; null on the wire between servers, which has TLS.</param>
internal sealed class BodyCodec(IBodyProtector? protector)
{
    private static ReadOnlySpan<byte> PrivateKey => "PRIVATE KEY"u8;

    /// <summary>Encodes a resource, as the difference to <paramref name="before"/> where that is smaller.</summary>
    public WireBody Encode(EncodedResource resource, EncodedResource? before)
    {
        var body = new WireBody
        {
            Id = ResourceName.Of(resource).ToWire(),
            Hash = resource.Hash.ToWire(),
            InParts = !resource.PartEnds.IsEmpty,
        };
        if (protector is not null && HoldsSecrets(resource))
        {
            var segment = BodyParts.Whole(resource);
            segment.Literal = UnsafeByteOperations.UnsafeWrap(protector.Protect(resource.Bytes.ToArray()));
            body.Sealed = true;
            body.Segments.Add(segment);
            body.Refs = resource.Refs.ToWire();
            return body;
        }

        var difference = before is null || (protector is not null && HoldsSecrets(before))
            ? []
            : BodyParts.Difference(resource, before);
        if (difference.Count == 0)
        {
            body.Segments.Add(BodyParts.Whole(resource));
            body.Refs = resource.Refs.ToWire();
            return body;
        }

        body.BaseHash = before!.Hash.ToWire();
        body.Segments.AddRange(difference);
        body.SameRefs = resource.Refs.SameAs(before.Refs);
        if (!body.SameRefs) body.Refs = resource.Refs.ToWire();
        return body;
    }

    /// <summary>
    /// Decodes a resource; null if it cannot be: its base is another than <paramref name="before"/>, its key is lost,
    /// or the bytes do not hash to what was promised.
    /// </summary>
    public EncodedResource? Decode(WireBody body, EncodedResource? before)
    {
        var name = body.Id.ToCore();
        if (!body.BaseHash.IsEmpty && before?.Hash != body.BaseHash.ToHash()) return null;
        var segments = body.Sealed ? Unsealed(body) : body.Segments;
        if (segments is null || BodyParts.Join(segments, before, body.InParts) is not { } joined) return null;
        var (bytes, ends) = joined;
        // Parts that do not add up would only cost later differences their size, but damage is damage.
        if (!ends.IsEmpty && ends[^1] != bytes.Length) return null;
        var refs = body.SameRefs && before is not null ? before.Refs : body.Refs.ToCore();
        var resource = EncodedResource.FromBytes(name.Type, name.Name, bytes, ends, refs);
        return resource.Hash == body.Hash.ToHash() ? resource : null;
    }

    /// <summary>
    /// Whether a resource may hold private keys: secrets always, others when an inline key is in them.
    /// </summary>
    public static bool HoldsSecrets(EncodedResource resource) =>
        resource.Type == XdsType.Secret
        || (resource.Type is XdsType.Listener or XdsType.Cluster && resource.Bytes.Span.IndexOf(PrivateKey) >= 0);

    private IReadOnlyList<WireSegment>? Unsealed(WireBody body)
    {
        if (body.Segments is not [var segment]) return null;
        if (protector?.Unprotect(segment.Literal.ToByteArray()) is not { } plain) return null;
        var opened = new WireSegment { Literal = UnsafeByteOperations.UnsafeWrap(plain) };
        opened.Lengths.AddRange(segment.Lengths);
        return [opened];
    }
}
