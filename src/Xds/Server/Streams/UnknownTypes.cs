namespace Stagedoor.Xds.Server.Streams;

/// <summary>Notes each type that a client asks for in vain, once.</summary>
internal sealed class UnknownTypes(StreamServices services, NodeIdentity node)
{
    private const int MaxLogged = 16;

    private readonly HashSet<string> _logged = new(StringComparer.Ordinal);

    public void Note(string typeUrl)
    {
        services.Metrics.UnknownType();
        if (_logged.Count < MaxLogged && _logged.Add(typeUrl))
            services.Log.UnknownType(node.Id, TypeUrls.Short(typeUrl));
    }
}
