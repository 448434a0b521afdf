using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Xds;

namespace Stagedoor.Translation.Envoy;

/// <summary>The SDS resources that something needs, each with the Secret it came from and those who want it.</summary>
internal sealed class SecretSet
{
    private readonly SortedDictionary<string, (EncodedResource Resource, ImmutableArray<ResourceKey> Sources)>
        _secrets = new(StringComparer.Ordinal);

    /// <summary>Names in order.</summary>
    public ImmutableArray<string> Names => [.. _secrets.Keys];

    /// <summary>The resources in the order of their names; the Secret is the first source.</summary>
    public IEnumerable<(EncodedResource Resource, ImmutableArray<ResourceKey> Sources)> All => _secrets.Values;

    /// <summary>Adds one; it may be there already, for others.</summary>
    public void Add(EncodedResource resource, ImmutableArray<ResourceKey> sources)
    {
        var known = _secrets.TryGetValue(resource.Name, out var old) ? old.Sources : [];
        _secrets[resource.Name] = (resource, [.. known.Union(sources)]);
    }

    /// <summary>Adds all of another set, wanted by these.</summary>
    public void Add(SecretSet others, ImmutableArray<ResourceKey> users)
    {
        foreach (var (resource, sources) in others.All) Add(resource, sources.AddRange(users));
    }
}
