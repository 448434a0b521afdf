using Google.Protobuf;
using Stagedoor.Actors.Protocol;
using Stagedoor.Actors.Storage;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Replicas;

/// <summary>Puts one body together that comes in ranges.</summary>
internal sealed class BodyAssembly
{
    /// <summary>No Envoy takes a resource near this.</summary>
    private const int LargestBody = 256 << 20;

    private static readonly BodyCodec Codec = new(protector: null);

    private byte[] _buffer = [];

    /// <summary>Which content is being put together; none if the name is default.</summary>
    public (ResourceName Name, ResourceHash Hash) Of { get; private set; }

    /// <summary>Where the next range begins.</summary>
    public int Received { get; private set; }

    public void Clear()
    {
        _buffer = [];
        Of = default;
        Received = 0;
    }

    /// <summary>The encoded body, when this range was its last.</summary>
    public ReadOnlyMemory<byte>? Add(BodyRange range)
    {
        var of = (range.Id.ToCore(), range.Hash.ToHash());
        if (range.Offset == 0 && range.Bytes.Length == range.Total)
        {
            if (of == Of) Clear();
            return range.Bytes.Memory;
        }

        if (range.Total > LargestBody) return null;
        if (range.Offset == 0)
        {
            Clear();
            Of = of;
            _buffer = new byte[range.Total];
        }

        var fits = of == Of && range.Total == _buffer.Length && range.Offset == Received
            && range.Bytes.Length <= _buffer.Length - Received;
        if (!fits) return null;
        range.Bytes.Span.CopyTo(_buffer.AsSpan(Received));
        Received += range.Bytes.Length;
        if (Received < _buffer.Length) return null;
        var whole = _buffer;
        Clear();
        return whole;
    }

    /// <summary>The content; null if the bytes are no body, not the promised one, or of another base.</summary>
    public static EncodedResource? Decode(ReadOnlyMemory<byte> encoded, EncodedResource? before)
    {
        try
        {
            return Codec.Decode(WireBody.Parser.ParseFrom(encoded.Span), before);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
