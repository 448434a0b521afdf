namespace Stagedoor.Xds;

/// <summary>One line of a manifest.</summary>
/// <param name="Type">Resource type.</param>
/// <param name="Name">Resource name.</param>
/// <param name="Hash">Content hash.</param>
/// <param name="Size">Bytes of the encoded message.</param>
/// <param name="Since">The generation that committed this content: the first half of its version.</param>
public sealed record ManifestEntry(XdsType Type, string Name, ResourceHash Hash, int Size, Generation Since)
{
    /// <summary>
    /// The version on the wire, <c>term.seq-hash</c>. Equality of content is decided by the hash alone.
    /// </summary>
    public string Version => $"{Since}-{Hash}";
}
