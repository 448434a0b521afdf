using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>Whether an object of one namespace may refer to one of another (ReferenceGrant).</summary>
internal static class ReferenceGrants
{
    /// <summary>Whether the reference is permitted; one within a namespace always is.</summary>
    /// <param name="view">All inputs.</param>
    /// <param name="from">Who refers.</param>
    /// <param name="to">What is referred to; its group is empty for the core group.</param>
    public static bool Allow(CatalogView view, ResourceKey from, ResourceKey to)
    {
        if (from.Namespace == to.Namespace) return true;
        foreach (var (key, grant) in view.OfKind(GatewayApiKinds.ReferenceGrant))
        {
            if (key.Namespace == to.Namespace && Allows(grant.As<ReferenceGrant>().Spec, from, to)) return true;
        }

        return false;
    }

    private static bool Allows(ReferenceGrantSpec? grant, ResourceKey from, ResourceKey to) =>
        grant is not null
        && grant.From.Any(f => f.Group == from.Group && f.Kind == from.Kind && f.Namespace == from.Namespace)
        && grant.To.Any(t => t.Group == to.Group && t.Kind == to.Kind && (t.Name is null || t.Name == to.Name));
}
