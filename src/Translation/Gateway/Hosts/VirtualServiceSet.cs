using Google.Protobuf;
using Solo.Gateway;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// The VirtualServices that one HttpGateway, or one part of a hybrid Gateway, serves. Kept in step with changes.
/// </summary>
internal sealed class VirtualServiceSet
{
    private readonly string _gatewayName;
    private readonly Dictionary<ResourceKey, HostGroup>? _groupOf;
    private readonly SortedDictionary<(string Order, ByteString Key), HostGroup>? _groups;
    private readonly HostGroup? _only;

    /// <param name="gateway">What is selected.</param>
    /// <param name="ssl">Whether VirtualServices with sslConfig are.</param>
    /// <param name="gatewayName">Name of the Gateway, for the names of routes.</param>
    /// <param name="isolate">Whether each sslConfig gets virtual hosts of its own (1.6).</param>
    public VirtualServiceSet(HttpGateway gateway, bool ssl, string gatewayName, bool isolate)
    {
        _gatewayName = gatewayName;
        Selector = new VirtualServiceSelector(gateway, ssl);
        if (isolate && ssl)
        {
            _groupOf = [];
            _groups = new SortedDictionary<(string Order, ByteString Key), HostGroup>(GroupOrder.Instance);
        }
        else
        {
            _only = new HostGroup();
        }
    }

    public VirtualServiceSelector Selector { get; }

    /// <summary>
    /// Groups of virtual hosts, in the order of filter chains; one if virtual hosts are not isolated.
    /// </summary>
    public IEnumerable<HostGroup> Groups => _only is null ? _groups!.Values : [_only];

    /// <summary>The member of a VirtualService, or null if it is not served.</summary>
    public HostMember? Find(in ResourceKey key)
    {
        if (_only is not null) return _only.Find(key);
        return _groupOf!.TryGetValue(key, out var group) ? group.Find(key) : null;
    }

    /// <summary>Follows changes; whether anything is different now. Notes whose report may have changed.</summary>
    public bool Apply(IReadOnlyList<ResourceChange> changes, PieceStore pieces, HashSet<ResourceKey> touched)
    {
        var changed = false;
        foreach (var group in Groups) group.Begin();
        foreach (var change in changes)
        {
            if (change.After is { } after && Selector.Selects(after)) Put(pieces.Get(after, _gatewayName));
            else changed |= Remove(change.Key);
        }

        foreach (var group in Groups)
        {
            group.Settle(touched);
            changed |= group.HasChanged;
        }

        return changed;
    }

    private void Put(VirtualHostPiece piece)
    {
        if (_only is not null)
        {
            _only.Put(piece);
            return;
        }

        var key = (SslGroups.OrderOf(piece.SslGroup), piece.SslGroup);
        if (!_groups!.TryGetValue(key, out var group)) _groups[key] = group = new HostGroup { Key = key };
        if (_groupOf!.TryGetValue(piece.Source.Key, out var old) && !ReferenceEquals(old, group))
            Remove(piece.Source.Key);
        group.Put(piece);
        _groupOf[piece.Source.Key] = group;
    }

    private bool Remove(in ResourceKey key)
    {
        if (_only is not null)
        {
            _only.Remove(key);
            return false;
        }

        if (!_groupOf!.Remove(key, out var group)) return false;
        group.Remove(key);
        if (group.Members.Count == 0) _groups!.Remove(group.Key);
        return true;
    }

    private sealed class GroupOrder : IComparer<(string Order, ByteString Key)>
    {
        public static readonly GroupOrder Instance = new();

        public int Compare((string Order, ByteString Key) x, (string Order, ByteString Key) y)
        {
            var order = string.CompareOrdinal(x.Order, y.Order);
            return order != 0 ? order : x.Key.Span.SequenceCompareTo(y.Key.Span);
        }
    }
}
