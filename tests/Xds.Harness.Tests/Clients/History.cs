namespace Stagedoor.Xds.Harness.Clients;

/// <summary>What holds for everything that a client ever receives, whatever the scenario.</summary>
internal sealed class History
{
    private readonly Dictionary<(XdsType Type, string Name, string Version), string> _contents = [];
    private readonly Dictionary<XdsType, Generation> _newest = [];
    private readonly HashSet<string> _nonces = new(StringComparer.Ordinal);

    /// <summary>A new stream: nonces begin anew (rule R3).</summary>
    public void Reconnected() => _nonces.Clear();

    /// <summary>Fails if the reply breaks a rule.</summary>
    public void Check(Reply reply, bool isAggregated)
    {
        var names = reply.Resources.Select(resource => resource.Name).Concat(reply.Removed).ToList();
        Must(names.Distinct().Count() == names.Count, "R17: a name stands twice in one response", reply);
        Must(reply.Nonce.Length > 0, "a response has no nonce", reply);
        var nonce = isAggregated ? reply.Nonce : $"{reply.Type} {reply.Nonce}";
        Must(_nonces.Add(nonce), "R3: a nonce comes twice on one stream", reply);

        var generation = GenerationOf(reply.Version);
        Must(generation >= _newest.GetValueOrDefault(reply.Type), "I1: an older generation comes", reply);
        _newest[reply.Type] = generation;
        foreach (var resource in reply.Resources.Where(resource => resource.Version.Length > 0))
        {
            Must(GenerationOf(resource.Version) <= generation, "a resource is newer than its response", reply);
            var key = (reply.Type, resource.Name, resource.Version);
            Must(
                _contents.TryAdd(key, resource.Content) || _contents[key] == resource.Content,
                "I5: two contents carry the same version", reply);
        }
    }

    /// <summary>The generation of a version, <c>term.seq</c> or <c>term.seq-hash</c>.</summary>
    public static Generation GenerationOf(string version) =>
        Generation.TryParse(version.Split('-')[0], out var generation)
            ? generation
            : throw new InvalidDataException($"'{version}' names no generation");

    private static void Must(bool holds, string rule, Reply reply)
    {
        if (!holds) throw new InvalidDataException($"{rule}: {reply}");
    }
}
