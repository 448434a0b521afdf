using Google.Protobuf;
using Stagedoor.Actors.Protocol;
using Stagedoor.Actors.Wire;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Storage;

/// <summary>
/// Resources as they are stored: whole, or as the difference to the same resource's content before. One changed virtual host of a
/// RouteConfiguration of 2 MB is stored as its own bytes.
/// </summary>
internal sealed class BodyCodec(IBodyProtector? protector)
{
    /// <summary>Below this size a difference saves nothing worth the look.</summary>
    private const int SmallestDifference = 512;

    /// <summary>Encodes a resource; <paramref name="before"/> is its content in the state that the event follows.</summary>
    public Body Encode(SnapshotResource resource, EncodedResource? before)
    {
        var entry = resource.ToWire();
        var body = new Body { Entry = entry };
        var bytes = resource.Resource.Bytes.Span;
        if (resource.Resource.Type == XdsType.Secret && protector is not null)
        {
            entry.Refs = resource.Resource.Refs.ToWire();
            body.Protected = true;
            body.Bytes = UnsafeByteOperations.UnsafeWrap(protector.Protect(bytes.ToArray()));
            return body;
        }

        if (before is null || bytes.Length < SmallestDifference || resource.Resource.Type == XdsType.Secret)
        {
            entry.Refs = resource.Resource.Refs.ToWire();
            body.Bytes = UnsafeByteOperations.UnsafeWrap(resource.Resource.Bytes);
            return body;
        }

        var old = before.Bytes.Span;
        var prefix = bytes.CommonPrefixLength(old);
        var suffix = CommonSuffixLength(bytes[prefix..], old[prefix..]);
        body.BaseHash = before.Hash.ToWire();
        body.Prefix = prefix;
        body.Suffix = suffix;
        body.Bytes = UnsafeByteOperations.UnsafeWrap(resource.Resource.Bytes[prefix..^suffix]);
        body.SameRefs = SameRefs(resource.Resource.Refs, before.Refs);
        if (!body.SameRefs) entry.Refs = resource.Resource.Refs.ToWire();
        return body;
    }

    /// <summary>
    /// Decodes a resource; null if its base is not <paramref name="before"/>, if a secret's key is lost, or if the bytes do not hash
    /// to what the entry says.
    /// </summary>
    public SnapshotResource? Decode(Body body, EncodedResource? before)
    {
        var (type, name) = body.Entry.Id.ToCore();
        var bytes = Bytes(body, before);
        if (bytes is null) return null;
        var refs = body.SameRefs && before is not null ? before.Refs : body.Entry.Refs.ToCore();
        var resource = EncodedResource.FromBytes(type, name, bytes.Value, [], refs);
        return resource.Hash == body.Entry.Hash.ToHash()
            ? new SnapshotResource(resource, body.Entry.Since.ToCore())
            : null;
    }

    private ReadOnlyMemory<byte>? Bytes(Body body, EncodedResource? before)
    {
        if (body.Protected) return protector?.Unprotect(body.Bytes.ToByteArray());
        if (body.BaseHash.IsEmpty) return body.Bytes.Memory;
        if (before is null || before.Hash != body.BaseHash.ToHash()) return null;
        var joined = new byte[body.Prefix + body.Bytes.Length + body.Suffix];
        var old = before.Bytes.Span;
        old[..body.Prefix].CopyTo(joined);
        body.Bytes.Span.CopyTo(joined.AsSpan(body.Prefix));
        old[^body.Suffix..].CopyTo(joined.AsSpan(body.Prefix + body.Bytes.Length));
        return joined;
    }

    private static bool SameRefs(ResourceRefs left, ResourceRefs right) =>
        ReferenceEquals(left, right)
        || (left.WarmsSlowly == right.WarmsSlowly
            && left.Clusters.AsSpan().SequenceEqual(right.Clusters.AsSpan())
            && left.RouteConfigurations.AsSpan().SequenceEqual(right.RouteConfigurations.AsSpan())
            && left.Assignments.AsSpan().SequenceEqual(right.Assignments.AsSpan())
            && left.Secrets.AsSpan().SequenceEqual(right.Secrets.AsSpan()));

    private static int CommonSuffixLength(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var length = Math.Min(left.Length, right.Length);
        var (l, r) = (left[^length..], right[^length..]);
        const int step = 64;
        var equal = 0;
        while (equal + step <= length
               && l.Slice(length - equal - step, step).SequenceEqual(r.Slice(length - equal - step, step)))
            equal += step;
        while (equal < length && l[length - equal - 1] == r[length - equal - 1]) equal++;
        return equal;
    }
}
