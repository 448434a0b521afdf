using System.Collections.Immutable;
using Stagedoor.Actors.Protocol;
using Stagedoor.Actors.Proxies;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Storage;

/// <summary>States of a proxy to and from what the journal holds. Pure: recovery is this and nothing else.</summary>
internal sealed class ProxyRecords(BodyCodec codec)
{
    /// <summary>The event between two states.</summary>
    public Committed Between(ProxyState before, ProxyState after, DateTimeOffset now)
    {
        var changes = ResourceDiff.Between(before.List, after.List);
        var committed = new Committed { Generation = after.Generation.ToWire(), At = now.ToUnixTimeMilliseconds() };
        foreach (var resource in changes.Upserts)
        {
            var name = ResourceName.Of(resource);
            committed.Upserts.Add(
                Body(codec.Encode(resource, before.Find(name)?.Resource), after.Find(name)!.Since, after.Generation));
        }

        committed.Removed.AddRange(changes.Removed.Select(name => name.ToWire()));
        return committed;
    }

    /// <summary>The whole state.</summary>
    public Checkpoint Whole(ProxyState state)
    {
        var checkpoint = new Checkpoint
        {
            Proxy = state.Snapshot.Proxy,
            Generation = state.Generation.ToWire(),
        };
        foreach (var resource in state.Snapshot.Resources.Values.SelectMany(type => type.Values))
            checkpoint.Bodies.Add(Body(codec.Encode(resource.Resource, null), resource.Since, state.Generation));
        foreach (var (name, at) in state.GoneAt)
            checkpoint.Gone.Add(new GoneName { Id = name.ToWire(), At = at.ToUnixTimeMilliseconds() });
        return checkpoint;
    }

    /// <summary>The state that <see cref="Whole"/> recorded, and what of it could not be read.</summary>
    public (ProxyState State, ImmutableHashSet<ResourceName> Missing) Read(string proxy, Checkpoint checkpoint)
    {
        var generation = checkpoint.Generation.ToCore();
        var missing = ImmutableHashSet.CreateBuilder<ResourceName>();
        var resources = new List<SnapshotResource>(checkpoint.Bodies.Count);
        foreach (var stored in checkpoint.Bodies)
        {
            if (codec.Decode(stored.Body, null) is { } resource)
                resources.Add(new(resource, Since(stored, generation)));
            else missing.Add(stored.Body.Id.ToCore());
        }

        var gone = checkpoint.Gone.ToImmutableDictionary(
            name => name.Id.ToCore(), name => DateTimeOffset.FromUnixTimeMilliseconds(name.At));
        return (ProxyState.Of(proxy, generation, resources, gone), missing.ToImmutable());
    }

    /// <summary>The state after an event, and what of it is missing then.</summary>
    public (ProxyState State, ImmutableHashSet<ResourceName> Missing) Apply(
        ProxyState before, ImmutableHashSet<ResourceName> missing, Committed committed)
    {
        var generation = committed.Generation.ToCore();
        var removed = committed.Removed.Select(name => name.ToCore()).ToImmutableArray();
        var upserts = new List<SnapshotResource>(committed.Upserts.Count);
        var stillMissing = missing.Except(removed);
        var lost = new List<ResourceName>();
        foreach (var stored in committed.Upserts)
        {
            var name = stored.Body.Id.ToCore();
            if (codec.Decode(stored.Body, before.Find(name)?.Resource) is { } resource)
            {
                upserts.Add(new(resource, Since(stored, generation)));
                stillMissing = stillMissing.Remove(name);
            }
            else
            {
                // Its predecessor is not what was committed either.
                stillMissing = stillMissing.Add(name);
                lost.Add(name);
            }
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds(committed.At);
        return (before.Next(upserts, removed, default, generation, at, lost), stillMissing);
    }

    private static CommittedBody Body(WireBody body, Generation since, Generation commit) =>
        new() { Body = body, Since = since == commit ? null : since.ToWire() };

    private static Generation Since(CommittedBody stored, Generation commit) =>
        stored.Since is null ? commit : stored.Since.ToCore();
}
