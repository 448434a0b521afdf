namespace Stagedoor.Xds.Sessions;

/// <summary>What a client holds under one name, as far as the session can know.</summary>
/// <param name="Known">False: anything is possible, for example after a NACK.</param>
/// <param name="Resource">The content; null, if known: the client has nothing under this name.</param>
internal readonly record struct Holding(bool Known, SnapshotResource? Resource)
{
    public static readonly Holding Unknown = new(false, null);

    public static readonly Holding Nothing = new(true, null);

    public static Holding Of(SnapshotResource? resource) => new(true, resource);

    /// <summary>Whether it certainly is this content.</summary>
    public bool Is(SnapshotResource? content) =>
        Known && (Resource is null ? content is null : content is not null && Resource.Hash == content.Hash);
}

/// <summary>A name whose content at the client differs, or may differ, from the snapshot.</summary>
/// <param name="Client">What the client holds.</param>
/// <param name="Fallback">What stands in a full set meanwhile; null: the name is left out.</param>
/// <param name="Alone">Goes alone in its response, because it was rejected in company.</param>
internal readonly record struct Deviation(Holding Client, SnapshotResource? Fallback, bool Alone = false);

/// <summary>One entry of a response that was sent.</summary>
/// <param name="Name">Resource name.</param>
/// <param name="Content">What was sent; null: its removal.</param>
/// <param name="Before">What the client held before.</param>
/// <param name="Fallback">What stands in a full set if the client rejects it.</param>
/// <param name="StandsIn">Whether the content stands in for the snapshot's, which the client has rejected.</param>
internal readonly record struct SentItem(
    string Name, SnapshotResource? Content, Holding Before, SnapshotResource? Fallback, bool StandsIn = false);

/// <summary>A response that has not been answered. Its record is used again after the answer.</summary>
internal sealed class SentResponse
{
    /// <summary>Its nonce.</summary>
    public string Nonce { get; private set; } = "";

    /// <summary>Which response of its type it is on this stream, from 1.</summary>
    public int Order { get; private set; }

    /// <summary>The snapshot it was taken from.</summary>
    public Generation Generation { get; private set; }

    /// <summary>What the client accepts or rejects by its answer.</summary>
    public IReadOnlyList<SentItem> Items { get; set; } = [];

    /// <summary>The whole of a full set, in ordinal order of names; empty for other responses.</summary>
    public IReadOnlyList<SnapshotResource> Set { get; init; } = [];

    /// <summary>When it was handed to the transport completely.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Begins a new response.</summary>
    public void Reset(
        string nonce, int order, Generation generation, IReadOnlyList<SentItem> items, DateTimeOffset at) =>
        (Nonce, Order, Generation, Items, At) = (nonce, order, generation, items, at);

    /// <summary>Lets go of the contents.</summary>
    public void Clear() => Items = [];

    /// <summary>
    /// Whether the full set says the same of a name as this: that content, or (null) that there is none.
    /// </summary>
    public bool Repeats(string name, SnapshotResource? content)
    {
        var (low, high) = (0, Set.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Set[middle].Name, name);
            if (order == 0) return content is not null && Set[middle].Hash == content.Hash;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return content is null;
    }
}
