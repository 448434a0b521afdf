namespace Stagedoor.Xds.Harness.Clients;

/// <summary>What a client knows of one type: what it holds survives a reconnect, the rest does not.</summary>
internal sealed class TypeMemory(XdsType type)
{
    public XdsType Type => type;

    /// <summary>Names asked for, as the last request wrote them.</summary>
    public List<string> Names { get; } = [];

    /// <summary>State of the world: the version accepted last.</summary>
    public string Version { get; set; } = "";

    /// <summary>Delta: the versions of what is held.</summary>
    public Dictionary<string, string> Held { get; } = new(StringComparer.Ordinal);

    /// <summary>Nonces received on this stream.</summary>
    public List<string> Nonces { get; } = [];

    /// <summary>The reply that <c>ack</c> and <c>nack</c> speak of.</summary>
    public Reply? Last { get; set; }

    public string Nonce => Nonces.Count == 0 ? "" : Nonces[^1];

    public void Accept(Reply reply)
    {
        Version = reply.Version;
        foreach (var resource in reply.Resources) Held[resource.Name] = resource.Version;
        foreach (var name in reply.Removed) Held.Remove(name);
    }
}
