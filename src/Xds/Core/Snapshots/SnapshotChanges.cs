using System.Collections.Immutable;

namespace Stagedoor.Xds;

/// <summary>What a snapshot's builder changed; nobody compares the two snapshots then.</summary>
/// <param name="Since">The generation that was changed.</param>
/// <param name="Names">
/// Every name, by type, that was added, changed or removed; others may be among them, missing ones may not.
/// </param>
public sealed record SnapshotChanges(Generation Since, ImmutableDictionary<XdsType, ImmutableArray<string>> Names);
