using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// The resources that have a status as soon as there is a Proxy, whether they take part in it or not
/// (gateway-translation 1.4, step 2a, and 1.12).
/// </summary>
public static class ClassicInputs
{
    /// <summary>All Gateways, RouteTables and VirtualServices of watched namespaces, ordered by key.</summary>
    public static IEnumerable<ResourceKey> Of(CatalogView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var watched = EdgeSettings.Of(view).Watched;
        return new[] { ResourceKinds.Gateway, ResourceKinds.RouteTable, ResourceKinds.VirtualService }
            .SelectMany(kind => Listing.Of(view, kind))
            .Select(resource => resource.Key)
            .Where(key => watched.Contains(key.Namespace));
    }
}
