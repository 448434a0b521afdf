using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>What a virtual host was built of besides its VirtualService.</summary>
/// <param name="Used">RouteTables and options.</param>
/// <param name="Missing">Keys that were looked up in vain.</param>
/// <param name="Queries">Selections of RouteTables.</param>
internal sealed record Dependencies(
    ImmutableArray<Resource> Used, ImmutableArray<ResourceKey> Missing, ImmutableArray<RouteTableQuery> Queries)
{
    /// <summary>On nothing.</summary>
    public static readonly Dependencies None = new([], [], []);

    /// <summary>Whether the changes may lead to another result.</summary>
    public bool AreTouchedBy(ChangeSet changes)
    {
        foreach (var used in Used)
        {
            if (changes.IsGone(used)) return true;
        }

        foreach (var missing in Missing)
        {
            if (changes.Appeared(missing)) return true;
        }

        foreach (var query in Queries)
        {
            if (changes.Selects(query)) return true;
        }

        return false;
    }
}
