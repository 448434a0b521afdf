using Akka.Actor;
using Stagedoor.Actors.Protocol;
using Stagedoor.Actors.Storage;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Proxies;

/// <summary>The replicas that follow a proxy, and what each was sent.</summary>
internal sealed class ProxySubscribers
{
    /// <summary>Servers of one cluster, with room for restarts.</summary>
    private const int MostSubscribers = 1000;

    /// <summary>Generations from which a difference can be made; they share structure.</summary>
    private const int RecentStates = 4;

    private readonly Dictionary<IActorRef, Generation> _sent = [];
    private readonly Queue<ProxyState> _recent = new();
    private readonly BodyStore _store;
    private readonly BodyAnswers _answers;
    private ProxyState _published;

    public ProxySubscribers(string proxy, BodyStore store)
    {
        _store = store;
        _published = ProxyState.Empty(proxy);
        _answers = new BodyAnswers(Find);
    }

    public int Count => _sent.Count;

    /// <summary>A replica subscribes, or asks for news; true if it is new.</summary>
    public bool Subscribe(IActorRef replica, Generation have, IActorRef owner)
    {
        var known = _sent.ContainsKey(replica);
        if (!known && _sent.Count >= MostSubscribers) return false;
        _sent[replica] = _published.Generation;
        replica.Tell(
            new Subscribed { Proxy = _published.Snapshot.Proxy, Newest = _published.Generation.ToWire() }, owner);
        if (have < _published.Generation) SendFrom(have, replica, owner);
        return !known;
    }

    public bool Remove(IActorRef replica) => _sent.Remove(replica);

    /// <summary>Offers a generation to all.</summary>
    public void Offer(Offer offer, IActorRef owner)
    {
        // Before anybody hears of it: a replica on this node finds every body here.
        foreach (var resource in offer.Changes.Upserts) _store.Add(resource);
        _published = offer.Now;
        _recent.Enqueue(offer.Now);
        if (_recent.Count > RecentStates) _recent.Dequeue();
        if (_sent.Count == 0) return;

        var pages = ManifestPages.Difference(offer.Before, offer.Now, offer.Changes);
        foreach (var (replica, sent) in _sent.ToArray())
        {
            if (sent == offer.Before.Generation && sent != Generation.None)
            {
                foreach (var page in pages) replica.Tell(page, owner);
            }
            else
            {
                SendFrom(Generation.None, replica, owner);
            }

            _sent[replica] = offer.Now.Generation;
        }
    }

    public void Answer(FetchBodies request, IActorRef replica, IActorRef owner) =>
        replica.Tell(_answers.Answer(request), owner);

    /// <summary>The owner ends here: it is to be looked for elsewhere.</summary>
    public void SayMoving(IActorRef owner)
    {
        foreach (var replica in _sent.Keys) replica.Tell(new OwnerMoving { Proxy = _published.Snapshot.Proxy }, owner);
    }

    private void SendFrom(Generation have, IActorRef replica, IActorRef owner)
    {
        var from = have == Generation.None ? null : _recent.FirstOrDefault(state => state.Generation == have);
        var pages = from is null
            ? ManifestPages.Whole(_published)
            : ManifestPages.Difference(from, _published, ResourceDiff.Between(from.List, _published.List));
        foreach (var page in pages) replica.Tell(page, owner);
    }

    private EncodedResource? Find(ResourceName name, ResourceHash hash) =>
        _published.Find(name)?.Resource is { } now && now.Hash == hash
            ? now
            : _recent.Select(state => state.Find(name)?.Resource).FirstOrDefault(body => body?.Hash == hash)
              ?? _store.Find(name, hash);
}
