using System.Collections.Immutable;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Finds the translated piece of a virtual host among those of the last translation. Most are at the same place from
/// the front or from the back; only those between are searched for.
/// </summary>
internal sealed class KnownPieces(ImmutableArray<VirtualHostPiece> pieces, IReadOnlyList<GlooV1.VirtualHost> hosts)
{
    private Dictionary<GlooV1.VirtualHost, VirtualHostPiece>? _between;
    private int _back;

    /// <summary>The piece, or null. Virtual hosts must be asked for in order.</summary>
    /// <param name="host">The virtual host.</param>
    /// <param name="index">Its place among all.</param>
    /// <param name="place">The place of its piece.</param>
    public VirtualHostPiece? Find(GlooV1.VirtualHost host, int index, int place)
    {
        if (place < pieces.Length && ReferenceEquals(pieces[place].Input, host)) return pieces[place];
        if (_between is null)
        {
            var most = Math.Min(hosts.Count - index, Math.Max(0, pieces.Length - place));
            while (_back < most && ReferenceEquals(pieces[^(_back + 1)].Input, hosts[hosts.Count - _back - 1])) _back++;
            _between = new Dictionary<GlooV1.VirtualHost, VirtualHostPiece>(ReferenceEqualityComparer.Instance);
            for (var i = place; i < pieces.Length - _back; i++) _between[pieces[i].Input] = pieces[i];
        }

        var fromBack = hosts.Count - index;
        return fromBack <= _back ? pieces[^fromBack] : _between.GetValueOrDefault(host);
    }
}
