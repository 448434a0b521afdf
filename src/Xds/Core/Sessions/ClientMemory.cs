using System.Collections.Immutable;

namespace Stagedoor.Xds.Sessions;

/// <summary>
/// What must be known of a client beyond the end of its stream, because a reconnect request does not say it: names that
/// were in a rejected response and not accepted since, and the contents found guilty. Immutable.
/// </summary>
public sealed class ClientMemory
{
    /// <summary>Nothing to remember.</summary>
    public static readonly ClientMemory Empty = new(ImmutableDictionary<XdsType, TypeMemory>.Empty);

    private readonly ImmutableDictionary<XdsType, TypeMemory> _types;

    internal ClientMemory(ImmutableDictionary<XdsType, TypeMemory> types) => _types = types;

    /// <summary>Whether there is nothing to remember.</summary>
    public bool IsEmpty => _types.IsEmpty;

    internal TypeMemory? OfType(XdsType type) => _types.GetValueOrDefault(type);
}

/// <summary>A client's memory of one type.</summary>
internal sealed record TypeMemory
{
    /// <summary>Names of which nobody knows what the client holds.</summary>
    public required ImmutableHashSet<string> Doubtful { get; init; }

    /// <summary>
    /// Contents (null: removals) whose answer did not arrive: if the client does not name them when it comes back, it
    /// may have rejected them and taken them all the same.
    /// </summary>
    public required ImmutableDictionary<string, ResourceHash?> Unanswered { get; init; }

    /// <summary>Contents that it has rejected.</summary>
    public required ImmutableArray<(string Name, ResourceHash Hash)> Rejected { get; init; }

    /// <summary>What either knows.</summary>
    public static TypeMemory? Join(TypeMemory? left, TypeMemory? right) =>
        left is null ? right
        : right is null ? left
        : new TypeMemory
        {
            Doubtful = left.Doubtful.Union(right.Doubtful),
            Unanswered = right.Unanswered.SetItems(left.Unanswered),
            Rejected = [.. left.Rejected.Union(right.Rejected)],
        };

    /// <summary>Whether it is unknown what a client holds that names this content (null: none) under a name.</summary>
    public bool IsDoubtful(string name, ResourceHash? named) =>
        Doubtful.Contains(name) || (Unanswered.TryGetValue(name, out var sent) && sent != named);
}
