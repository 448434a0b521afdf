using Google.Protobuf;
using Stagedoor.Actors.Protocol;
using Stagedoor.Actors.Storage;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Proxies;

/// <summary>Answers a replica that lacks bodies, in messages of bounded size; large bodies in ranges.</summary>
/// <param name="find">The content of this name and hash, if the owner still has it.</param>
internal sealed class BodyAnswers(Func<ResourceName, ResourceHash, EncodedResource?> find)
{
    /// <summary>Bytes of bodies in one answer.</summary>
    public const int AnswerBytes = 48 * 1024;

    private static readonly BodyCodec Codec = new(protector: null);

    // The body that is being fetched in ranges: each range would encode it again.
    private (ResourceName Name, ResourceHash Hash, ResourceHash Base, ByteString Bytes) _last;

    /// <summary>As much of what is wanted as fits; the replica asks for the rest again.</summary>
    public BodyRanges Answer(FetchBodies request)
    {
        var answer = new BodyRanges { Proxy = request.Proxy };
        var room = AnswerBytes;
        foreach (var want in request.Wants)
        {
            if (room <= 0) break;
            var range = new BodyRange { Id = want.Id, Hash = want.Hash, Offset = want.Offset };
            if (Encoded(want) is { } bytes && want.Offset >= 0 && want.Offset < bytes.Length)
            {
                var length = Math.Min(room, bytes.Length - want.Offset);
                range.Total = bytes.Length;
                range.Bytes = UnsafeByteOperations.UnsafeWrap(bytes.Memory.Slice(want.Offset, length));
                room -= length;
            }

            answer.Ranges.Add(range);
            room -= range.Id.CalculateSize() + 32;
        }

        return answer;
    }

    private ByteString? Encoded(BodyWant want)
    {
        var (name, hash, baseHash) = (want.Id.ToCore(), want.Hash.ToHash(), want.BaseHash.ToHash());
        if (_last.Bytes is not null && _last.Name == name && _last.Hash == hash && _last.Base == baseHash)
            return _last.Bytes;
        if (find(name, hash) is not { } resource) return null;
        var before = baseHash == default ? null : find(name, baseHash);
        var bytes = Codec.Encode(resource, before).ToByteString();
        if (bytes.Length > AnswerBytes) _last = (name, hash, baseHash, bytes);
        return bytes;
    }
}
