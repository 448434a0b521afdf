using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Stagedoor.Xds;

/// <summary>A resource in a snapshot, with the generation that committed its present content.</summary>
/// <param name="resource">The content.</param>
/// <param name="since">The commit that brought it.</param>
public sealed class SnapshotResource(EncodedResource resource, Generation since)
{
    private volatile bool _acknowledged;
    private volatile StrongBox? _term;
    private volatile string? _version;

    /// <summary>The content.</summary>
    public EncodedResource Resource { get; } = resource;

    /// <summary>The commit that brought it.</summary>
    public Generation Since { get; } = since;

    /// <summary>Resource name.</summary>
    public string Name => Resource.Name;

    /// <summary>Content hash.</summary>
    public ResourceHash Hash => Resource.Hash;

    /// <summary>The version on the wire, <c>term.seq-hash</c> (design 4).</summary>
    public string Version => _version ??= $"{Since}-{Resource.Hash}";

    /// <summary>
    /// Whether a client of this node has accepted this content: then it may share a response with others, and it is no
    /// suspect when that response is rejected.
    /// </summary>
    public bool Acknowledged => _acknowledged;

    /// <summary>
    /// The last accepted content under this name before this one: what stands in a client's set in place of a rejected
    /// content. Known on the node that saw both.
    /// </summary>
    public SnapshotResource? Predecessor { get; private set; }

    /// <summary>This resource's share in the hash of its type's list (<see cref="ListHash"/>).</summary>
    internal UInt128 ListTerm => (_term ??= new StrongBox(TermOf(Resource))).Value;

    /// <summary>What stands before the content in incremental responses, once somebody has sent it.</summary>
    internal byte[]? DeltaHead { get; set; }

    /// <summary>A client has accepted this content.</summary>
    internal void Acknowledge()
    {
        if (!_acknowledged) _acknowledged = true;
    }

    /// <summary>
    /// Takes over what is known of <paramref name="before"/>, the content that this one replaces on this node.
    /// </summary>
    internal void Follow(SnapshotResource before)
    {
        if (before.Hash == Hash)
        {
            if (before.Acknowledged) Acknowledge();
            Predecessor = before.Predecessor;
        }
        else
        {
            // One step only: a chain would keep every content ever served.
            Predecessor = before.Acknowledged ? before : before.Predecessor;
            if (before.Acknowledged) before.Predecessor = null;
        }
    }

    private static UInt128 TermOf(EncodedResource resource)
    {
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes(resource.Name));
        var content = resource.Hash.Value;
        hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in content)));
        return hash.GetCurrentHashAsUInt128();
    }

    private sealed class StrongBox(UInt128 value)
    {
        public UInt128 Value { get; } = value;
    }
}
