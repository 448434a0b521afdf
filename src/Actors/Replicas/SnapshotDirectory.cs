using Akka.Actor;
using Stagedoor.Api;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Replicas;

/// <summary>
/// Counts the sessions of each proxy on this node; the manager keeps a replica for those that have any.
/// </summary>
internal sealed class SnapshotDirectory : ISnapshotDirectory
{
    /// <summary>Proxies followed at once. A role is a client's word: beyond this, cells stay empty.</summary>
    public const int MostProxies = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private IActorRef _manager = ActorRefs.Nobody;

    /// <inheritdoc/>
    public SnapshotLease Open(string proxy)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        lock (_gate)
        {
            if (!_slots.TryGetValue(proxy, out var slot))
            {
                if (!ProxyId.TryParse(proxy, out _) || _slots.Count >= MostProxies)
                    return new SnapshotLease(new SnapshotCell(), static () => { });
                slot = new Slot();
                _slots[proxy] = slot;
            }

            if (slot.Leases++ == 0) _manager.Tell(new Wanted(proxy, slot.Cell));
            return new SnapshotLease(slot.Cell, () => Release(proxy, slot));
        }
    }

    /// <summary>The actors run: what sessions asked for before is asked for now.</summary>
    public void Attach(IActorRef manager)
    {
        lock (_gate)
        {
            _manager = manager;
            foreach (var (proxy, slot) in _slots)
            {
                if (slot.Leases > 0) manager.Tell(new Wanted(proxy, slot.Cell));
            }
        }
    }

    /// <summary>Forgets a proxy that nobody wants; false if somebody does again.</summary>
    public bool TryForget(string proxy)
    {
        lock (_gate)
        {
            if (_slots.TryGetValue(proxy, out var slot) && slot.Leases > 0) return false;
            _slots.Remove(proxy);
            return true;
        }
    }

    private void Release(string proxy, Slot slot)
    {
        lock (_gate)
        {
            if (--slot.Leases == 0) _manager.Tell(new Unwanted(proxy));
        }
    }

    private sealed class Slot
    {
        public SnapshotCell Cell { get; } = new();

        public int Leases { get; set; }
    }
}
