using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>One translated and encoded virtual host: what a RouteConfiguration is joined from.</summary>
/// <param name="Input">The virtual host that it was made from.</param>
/// <param name="Index">Its place in the listener, which findings name.</param>
/// <param name="Context">What else it was made from.</param>
/// <param name="Domains">The domains that it was given.</param>
internal sealed record VirtualHostPiece(
    GlooV1.VirtualHost Input, int Index, HttpContext Context, ImmutableArray<string> Domains)
{
    /// <summary>Field 2 of a RouteConfiguration: tag, length and the encoded virtual host.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>Clusters that exist and that its routes refer to, sorted.</summary>
    public required ImmutableArray<string> Clusters { get; init; }

    /// <summary>Upstreams that its routes refer to, existing or not.</summary>
    public required ImmutableArray<ResourceKey> Upstreams { get; init; }

    /// <summary>What was read for it.</summary>
    public required ImmutableArray<ResourceKey> Dependencies { get; init; }

    /// <summary>Names of the filters that it configures, sorted.</summary>
    public required ImmutableArray<string> Filters { get; init; }

    /// <summary>What is wrong with it and its routes.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>Input resources that it came from, routes included.</summary>
    public required ImmutableArray<ResourceKey> Sources { get; init; }

    /// <summary>Whether the translation at hand made it.</summary>
    public bool IsNew { get; set; } = true;

    /// <summary>The translation that put it into a route configuration last.</summary>
    public long PickedIn { get; set; }

    /// <summary>
    /// The translation that served it last: a route configuration can go with its listener. Tells which pieces of the
    /// one before are gone.
    /// </summary>
    public long UsedIn { get; set; }

    /// <summary>Whether its Upstreams are counted as used.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Whether this piece is what translating these inputs would give.</summary>
    public bool Fits(GlooV1.VirtualHost input, int index, HttpContext context, ImmutableArray<string> domains) =>
        ReferenceEquals(Input, input)
        && ReferenceEquals(Context.Options, context.Options)
        && Context.RequireTls == context.RequireTls
        && Context.MaxDirectResponseBody == context.MaxDirectResponseBody
        && (Domains == domains || Domains.AsSpan().SequenceEqual(domains.AsSpan()))
        && (Findings.IsEmpty || (Index == index && Context.Field == context.Field))
        && (Input.MetadataStatic is not null || Context.Sources.AsSpan().SequenceEqual(context.Sources.AsSpan()));

    /// <summary>A piece is itself only: sets of pieces hold while its marks change.</summary>
    public bool Equals(VirtualHostPiece? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
