using System.Collections.Immutable;
using Solo.Gloo;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>One Gateway of a Proxy: its parts and the listener made of them, kept in step with changes.</summary>
internal sealed class GatewayUnit(Resource gateway, ListenerShape shape)
{
    private bool _hadVirtualServices;
    private bool _isNew = true;

    /// <summary>The Gateway.</summary>
    public Resource Gateway { get; } = gateway;

    /// <summary>What it becomes.</summary>
    public ListenerShape Shape { get; } = shape;

    /// <summary>Its parts in order.</summary>
    public ImmutableArray<SubGateway> Parts { get; init; } = [];

    /// <summary>The VirtualServices of its HTTP parts.</summary>
    public IEnumerable<VirtualServiceSet> Sets
    {
        get
        {
            foreach (var part in Parts)
            {
                if (part.Set is not null) yield return part.Set;
            }
        }
    }

    /// <summary>Whether its parts are matchable gateways.</summary>
    public bool IsDelegated { get; init; }

    /// <summary>What is wrong with it whatever the VirtualServices are.</summary>
    public ImmutableArray<Diagnostic> Fixed { get; init; } = [];

    /// <summary>The listener as of the last round; null if there is nothing to listen for.</summary>
    public Listener? Listener { get; private set; }

    /// <summary>All that is to be said of the Gateway.</summary>
    public ImmutableArray<Diagnostic> Remarks { get; private set; } = [];

    /// <summary>Whether the last round changed its virtual hosts.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>Follows a round of changes.</summary>
    public void Update(UpdateRound round)
    {
        var changes = _isNew ? round.Everything : round.Changes;
        var changed = _isNew || _hadVirtualServices != round.HasVirtualServices;
        foreach (var set in Sets) changed |= set.Apply(changes, round.Pieces, round.Touched);

        if (changed)
        {
            var (listener, remarks) = ListenerAssembly.Assemble(this, round);
            Listener = listener;
            Remarks = [.. Fixed, .. remarks, .. Conflicts()];
        }

        if (changed || round.KeysChanged) Remarks = [.. Remarks.Where(NotOfReferences), .. MissingReferences(round)];
        _hadVirtualServices = round.HasVirtualServices;
        _isNew = false;
        HasChanged = changed;
    }

    private static bool NotOfReferences(Diagnostic diagnostic) =>
        diagnostic.Code != GatewayCodes.MissingVirtualService;

    /// <summary>References of HTTP Gateways and inline hybrid ones must exist (1.4, step 2c).</summary>
    private IEnumerable<Diagnostic> MissingReferences(UpdateRound round)
    {
        if (IsDelegated) yield break;
        foreach (var part in Parts)
        {
            if (part.Set is null) continue;
            foreach (var (ns, name) in part.Set.Selector.References)
            {
                if (round.Inputs.VirtualServices.Find(ns, name) is not null) continue;
                yield return Remark.Error(
                    Gateway, GatewayCodes.MissingVirtualService, $"{part.Field}.virtualServices",
                    $"invalid virtual service ref {ns}.{name}: it does not exist");
            }
        }
    }

    private IEnumerable<Diagnostic> Conflicts()
    {
        var contested = new SortedSet<string>(
            Sets.SelectMany(set => set.Groups).SelectMany(group => group.Contested), StringComparer.Ordinal);
        if (contested.Count == 0) yield break;
        yield return Remark.Info(
            Gateway, GatewayCodes.DomainConflict, null,
            $"domain conflict: claimed by more than one virtual service, served for one of them: "
            + Shorten.Names(contested.Select(domain => domain.Length == 0 ? "EMPTY_DOMAIN" : domain), contested.Count));
    }
}
