using System.Buffers;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Xds.Wire;

/// <summary>
/// The protobuf form of <c>DiscoveryResponse</c> and <c>DeltaDiscoveryResponse</c> around resources that are encoded
/// already: only lengths, names and versions are written here.
/// </summary>
public static class ResponseEncoding
{
    // Field numbers of envoy/service/discovery/v3/discovery.proto, all length-delimited.
    private const int VersionInfo = 1;
    private const int Resources = 2;
    private const int TypeUrl = 4;
    private const int Nonce = 5;
    private const int RemovedResources = 6;
    private const int ResourceVersion = 1;
    private const int ResourceBody = 2;
    private const int ResourceName = 3;
    private const int ResourceTtl = 6;
    private const int AnyTypeUrl = 1;
    private const int AnyValue = 2;

    private static readonly byte[][] TypeUrls =
        [.. Enumerable.Range(0, XdsTypes.Count)
            .Select(type => type == 0 ? [] : Encoding.UTF8.GetBytes(((XdsType)type).TypeUrl()))];

    /// <summary>Bytes of the whole message.</summary>
    public static int Size(Sessions.XdsResponse response)
    {
        var size = Field(Text(response.Version)) + Field(TypeUrls[(int)response.Type].Length)
            + Field(Text(response.Nonce));
        for (var at = 0; at < response.Resources.Count; at++)
        {
            var resource = response.Resources[at];
            size += response.IsDelta
                ? DeltaHead(resource, response.WithTtl).Length + resource.Resource.Bytes.Length
                : Field(AnySize(resource));
        }

        for (var at = 0; at < response.Heartbeats.Count; at++) size += Heartbeat(response.Heartbeats[at]).Length;
        for (var at = 0; at < response.Removed.Count; at++) size += Field(Text(response.Removed[at]));
        return size;
    }

    /// <summary>Writes everything but the resources.</summary>
    public static void WriteHead(IBufferWriter<byte> output, Sessions.XdsResponse response)
    {
        ArgumentNullException.ThrowIfNull(output);
        WriteText(output, VersionInfo, response.Version);
        WriteBytes(output, TypeUrl, TypeUrls[(int)response.Type]);
        WriteText(output, Nonce, response.Nonce);
        for (var at = 0; at < response.Removed.Count; at++) WriteText(output, RemovedResources, response.Removed[at]);
        for (var at = 0; at < response.Heartbeats.Count; at++) output.Write(Heartbeat(response.Heartbeats[at]));
    }

    /// <summary>Writes what stands before a resource's bytes; the bytes themselves follow.</summary>
    public static void WriteResourcePrefix(
        IBufferWriter<byte> output, SnapshotResource resource, bool isDelta, bool withTtl)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(resource);
        if (isDelta)
        {
            output.Write(DeltaHead(resource, withTtl));
            return;
        }

        WriteKey(output, Resources, AnySize(resource));
        WriteAnyHead(output, resource);
    }

    // All streams send the same.
    private static byte[] DeltaHead(SnapshotResource resource, bool withTtl)
    {
        byte[] ttl = withTtl && resource.Resource.Ttl is not null ? Ttl(resource) : [];
        if (ttl.Length == 0 && resource.DeltaHead is { } known) return known;
        var any = AnySize(resource);
        var head = Entry(resource, ttl, Field(any));
        WriteKey(head, ResourceBody, any);
        WriteAnyHead(head, resource);
        var bytes = head.WrittenSpan.ToArray();
        return ttl.Length == 0 ? resource.DeltaHead = bytes : bytes;
    }

    private static byte[] Heartbeat(SnapshotResource resource) =>
        Entry(resource, Ttl(resource), 0).WrittenSpan.ToArray();

    private static ArrayBufferWriter<byte> Entry(SnapshotResource resource, byte[] ttl, int body)
    {
        var entry = new ArrayBufferWriter<byte>(256);
        var size = Field(Text(resource.Name)) + Field(Text(resource.Version)) + body;
        WriteKey(entry, Resources, ttl.Length == 0 ? size : size + Field(ttl.Length));
        WriteText(entry, ResourceName, resource.Name);
        WriteText(entry, ResourceVersion, resource.Version);
        if (ttl.Length > 0) WriteBytes(entry, ResourceTtl, ttl);
        return entry;
    }

    private static byte[] Ttl(SnapshotResource resource) =>
        Duration.FromTimeSpan(resource.Resource.Ttl!.Value).ToByteArray();

    private static void WriteAnyHead(IBufferWriter<byte> output, SnapshotResource resource)
    {
        WriteBytes(output, AnyTypeUrl, TypeUrls[(int)resource.Resource.Type]);
        WriteKey(output, AnyValue, resource.Resource.Bytes.Length);
    }

    private static int AnySize(SnapshotResource resource) =>
        Field(TypeUrls[(int)resource.Resource.Type].Length) + Field(resource.Resource.Bytes.Length);

    private static int Text(string text) => Encoding.UTF8.GetByteCount(text);

    // One byte of tag: all field numbers are below 16.
    private static int Field(int length) => 1 + VarintSize(length) + length;

    private static int VarintSize(int value)
    {
        var size = 1;
        for (var rest = (uint)value >> 7; rest != 0; rest >>= 7) size++;
        return size;
    }

    private static void WriteText(IBufferWriter<byte> output, int field, string text)
    {
        var length = Text(text);
        WriteKey(output, field, length);
        var span = output.GetSpan(length);
        output.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    private static void WriteBytes(IBufferWriter<byte> output, int field, byte[] bytes)
    {
        WriteKey(output, field, bytes.Length);
        output.Write(bytes);
    }

    private static void WriteKey(IBufferWriter<byte> output, int field, int length)
    {
        var span = output.GetSpan(6);
        span[0] = (byte)((field << 3) | 2);
        var size = 1;
        var rest = (uint)length;
        for (; rest >= 0x80; rest >>= 7) span[size++] = (byte)(rest | 0x80);
        span[size++] = (byte)rest;
        output.Advance(size);
    }
}
