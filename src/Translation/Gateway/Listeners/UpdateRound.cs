using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>One step from a view to the next, as the Gateways of a Proxy see it.</summary>
internal sealed class UpdateRound(
    GatewayInputs inputs, EdgeSettings settings, PieceStore pieces, IReadOnlyList<ResourceChange> changes)
{
    private IReadOnlyList<ResourceChange>? _everything;

    public GatewayInputs Inputs { get; } = inputs;

    public EdgeSettings Settings { get; } = settings;

    public PieceStore Pieces { get; } = pieces;

    /// <summary>VirtualServices that changed, and those whose RouteTables or options did.</summary>
    public IReadOnlyList<ResourceChange> Changes { get; } = changes;

    /// <summary>Every VirtualService, for a Gateway that is new.</summary>
    public IReadOnlyList<ResourceChange> Everything => _everything ??=
        [.. Inputs.VirtualServices.Items.Select(resource => new ResourceChange(null, resource))];

    /// <summary>Whether VirtualServices were added or removed.</summary>
    public bool KeysChanged { get; } = inputs.VirtualServices.KeysChanged;

    /// <summary>Whether there is any VirtualService at all, or none are needed (1.5).</summary>
    public bool HasVirtualServices { get; } = settings.TranslateEmpty || inputs.VirtualServices.Items.Length > 0;

    /// <summary>VirtualServices whose report may be another now.</summary>
    public HashSet<ResourceKey> Touched { get; } = [];
}
