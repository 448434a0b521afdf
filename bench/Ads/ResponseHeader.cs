using Google.Protobuf;

namespace Stagedoor.Bench.Ads;

/// <summary>What a client needs of a response to acknowledge it, read without parsing the resources.</summary>
internal readonly record struct ResponseHeader(string Version, string TypeUrl, string Nonce, int Resources, int Removed)
{
    /// <summary>
    /// Reads a DiscoveryResponse or a DeltaDiscoveryResponse: their numbers for these fields are the same.
    /// </summary>
    public static ResponseHeader Read(byte[] message)
    {
        var input = new CodedInputStream(message);
        string version = "", typeUrl = "", nonce = "";
        int resources = 0, removed = 0;
        while (input.ReadTag() is var tag && tag != 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1: version = input.ReadString(); break;
                case 2:
                    resources++;
                    input.SkipLastField();
                    break;
                case 4: typeUrl = input.ReadString(); break;
                case 5: nonce = input.ReadString(); break;
                case 6 when WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited:
                    removed++;
                    input.SkipLastField();
                    break;
                default: input.SkipLastField(); break;
            }
        }

        return new ResponseHeader(version, typeUrl, nonce, resources, removed);
    }
}
