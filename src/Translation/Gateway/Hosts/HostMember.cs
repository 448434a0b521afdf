using System.Collections.Immutable;
using Solo.Gloo;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>A VirtualService within a group: its piece, and what the group left of it.</summary>
internal sealed class HostMember(VirtualHostPiece piece)
{
    public VirtualHostPiece Piece { get; } = piece;

    public ResourceKey Key => Piece.Source.Key;

    /// <summary>Domains that older VirtualServices keep.</summary>
    public ImmutableArray<string> Lost { get; private set; } = [];

    /// <summary>The virtual host without the domains it lost; null if it has none left.</summary>
    public VirtualHost? Host { get; private set; } = piece.Host;

    /// <summary>What is said of contested domains.</summary>
    public ImmutableArray<Diagnostic> Conflicts { get; set; } = [];

    /// <summary>
    /// Whether this one keeps a domain that both claim: the older, then the first by namespace and name.
    /// </summary>
    public bool IsBefore(HostMember other)
    {
        // One without virtualHost stands for an empty host on every domain: it never takes one from a real host.
        var mine = Piece.Source.As<Solo.Gateway.VirtualService>().VirtualHost is null;
        var theirs = other.Piece.Source.As<Solo.Gateway.VirtualService>().VirtualHost is null;
        if (mine != theirs) return theirs;
        var age = Piece.Source.Metadata.Created.CompareTo(other.Piece.Source.Metadata.Created);
        return age != 0 ? age < 0 : Key.CompareTo(other.Key) < 0;
    }

    /// <summary>Takes domains away; whether that changes the host.</summary>
    public bool Lose(ImmutableArray<string> lost)
    {
        if (lost.AsSpan().SequenceEqual(Lost.AsSpan())) return false;
        Lost = lost;
        Host = lost.IsEmpty ? Piece.Host : lost.Length == Piece.Claims.Length ? null : Without(lost);
        return true;
    }

    private VirtualHost Without(ImmutableArray<string> lost)
    {
        var host = ShallowMerge.ShallowCopy(Piece.Host);
        host.Domains.Clear();
        for (var i = 0; i < Piece.Claims.Length; i++)
        {
            if (!lost.Contains(Piece.Claims[i])) host.Domains.Add(Piece.Host.Domains[i]);
        }

        return host;
    }
}
