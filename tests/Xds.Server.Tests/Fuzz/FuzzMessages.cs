using System.Buffers.Binary;
using System.Text;
using Envoy.Config.Core.V3;
using Envoy.Service.Discovery.V3;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Xds.Server.Tests.Fuzz;

/// <summary>
/// Requests as a client might send them, sensible and not, from a random source: the same seed gives the same bytes.
/// </summary>
internal sealed class FuzzMessages(Random random)
{
    private static readonly string[] Names =
        ["a", "b", "c", "gone", "", "*", "a~b", "ü€😀", "\u0001", new string('n', 3000), new string('m', 5000)];

    private static readonly string[] Versions =
    [
        "", "1.1", "1.1-0", "9.9-ffffffffffffffffffffffffffffffff", "unversioned", "-", "1.-", "x",
        new string('9', 300),
    ];

    private static readonly string?[] Roles = ["ns~p", "ns~p", "ns~p", "ns~q", "nobody", "", null];

    private static readonly string[] TypeUrls =
    [
        .. XdsTypes.WireOrder.Select(type => type.TypeUrl()),
        "", "type.googleapis.com/who.Knows", new string('t', 2000),
    ];

    /// <summary>The framed messages of one state-of-the-world stream.</summary>
    public List<byte[]> Sotw(int count, double mutated) => Stream(count, mutated, isFirst =>
    {
        var request = new DiscoveryRequest
        {
            TypeUrl = Pick(TypeUrls),
            VersionInfo = Pick(Versions),
            ResponseNonce = Nonce(),
            Node = Node(isFirst),
            ErrorDetail = Error(),
        };
        request.ResourceNames.AddRange(Some());
        return request;
    });

    /// <summary>The framed messages of one incremental stream.</summary>
    public List<byte[]> Delta(int count, double mutated) => Stream(count, mutated, isFirst =>
    {
        var request = new DeltaDiscoveryRequest
        {
            TypeUrl = Pick(TypeUrls),
            ResponseNonce = Nonce(),
            Node = Node(isFirst),
            ErrorDetail = Error(),
        };
        request.ResourceNamesSubscribe.AddRange(Some());
        request.ResourceNamesUnsubscribe.AddRange(Some());
        foreach (var name in Some().Distinct()) request.InitialResourceVersions[name] = Pick(Versions);
        return request;
    });

    /// <summary>A REST body, valid or broken.</summary>
    public string Json()
    {
        var request = new DiscoveryRequest { VersionInfo = Pick(Versions), Node = Node(isFirst: true) };
        request.ResourceNames.AddRange(Some());
        var text = new StringBuilder(JsonFormatter.Default.Format(request));
        for (var edits = random.Next(4); edits > 0; edits--)
        {
            var at = random.Next(text.Length);
            if (random.Next(2) == 0) text.Remove(at, Math.Min(text.Length - at, 1 + random.Next(5)));
            else text.Insert(at, "{}[]\",:0eE\\u\0ü"[random.Next(14)]);
            if (text.Length == 0) break;
        }

        return text.ToString();
    }

    /// <summary>Bytes that are no protocol, or begin like HTTP/2 and go on as frames of random kind.</summary>
    public byte[] Garbage()
    {
        var output = new MemoryStream();
        if (random.Next(3) > 0) output.Write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        for (var frames = random.Next(1, 20); frames > 0; frames--)
        {
            var payload = Bytes(random.Next(60));
            var head = new byte[9];
            BinaryPrimitives.WriteInt32BigEndian(head, (random.Next(8) == 0 ? random.Next() : payload.Length) << 8);
            head[3] = (byte)random.Next(12);
            head[4] = (byte)random.Next(256);
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(5), random.Next(6));
            output.Write(head);
            output.Write(payload);
        }

        return output.ToArray();
    }

    private List<byte[]> Stream(int count, double mutated, Func<bool, IMessage> next)
    {
        var frames = new List<byte[]>(count);
        for (var i = 0; i < count; i++)
        {
            var message = next(i == 0).ToByteArray();
            var isMutated = random.NextDouble() < mutated;
            if (isMutated) message = Mutate(message);
            var frame = new byte[5 + message.Length];
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
            message.CopyTo(frame, 5);
            // Now and then the frame itself lies: compressed, or of another length.
            if (isMutated && random.Next(8) == 0) frame[random.Next(5)] ^= (byte)(1 << random.Next(8));
            frames.Add(frame);
        }

        return frames;
    }

    private byte[] Mutate(byte[] message)
    {
        var bytes = new List<byte>(message);
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 16)));
                    break;
                case 2:
                    bytes.InsertRange(at, Bytes(random.Next(1, 16)));
                    break;
                default:
                    bytes.AddRange(bytes.Take(random.Next(200)).ToArray());
                    break;
            }
        }

        return [.. bytes];
    }

    private Node? Node(bool isFirst)
    {
        if (random.Next(isFirst ? 10 : 2) == 0 || (!isFirst && random.Next(8) > 0)) return null;
        var node = new Node { Id = $"fuzz-{random.Next(5)}", Cluster = Pick(Names) };
        if (Pick(Roles) is { } role) node.Metadata = new Struct { Fields = { ["role"] = Value.ForString(role) } };
        return node;
    }

    private Google.Rpc.Status? Error() => random.Next(4) > 0
        ? null
        : new Google.Rpc.Status { Code = random.Next(20), Message = $"rejected {Pick(Names)}: {Pick(Names)}" };

    // Nonces count from 1 on each stream, so that small numbers are often right.
    private string Nonce() => random.Next(5) switch
    {
        0 => "",
        1 => Pick(Versions),
        _ => random.Next(12).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private List<string> Some()
    {
        var names = new List<string>();
        for (var count = random.Next(5); count > 0; count--) names.Add(Pick(Names));
        return names;
    }

    private T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
