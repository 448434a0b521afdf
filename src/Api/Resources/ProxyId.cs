namespace Stagedoor.Api;

/// <summary>The identity of a Proxy: one fleet of Envoys.</summary>
/// <param name="Namespace">Namespace of the Proxy: the write namespace for Gateways' proxies.</param>
/// <param name="Name">Name of the Proxy.</param>
public readonly record struct ProxyId(string Namespace, string Name)
{
    /// <summary>Reads <c>namespace~name</c>; false if the text has no tilde or an empty part.</summary>
    public static bool TryParse(string text, out ProxyId id)
    {
        var tilde = text.IndexOf('~', StringComparison.Ordinal);
        id = tilde > 0 && tilde < text.Length - 1 ? new ProxyId(text[..tilde], text[(tilde + 1)..]) : default;
        return id != default;
    }

    /// <summary>
    /// The snapshot key and <c>node.metadata.role</c>: <c>namespace~name</c> (envoy-translation 1.4).
    /// </summary>
    public override string ToString() => $"{Namespace}~{Name}";
}
