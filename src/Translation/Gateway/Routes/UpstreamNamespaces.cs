using Solo.Gloo;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Upstream references of a route without namespace mean that of the resource that holds the route (1.7.2).
/// </summary>
internal static class UpstreamNamespaces
{
    /// <summary>The action with every single and multi upstream reference complete; itself if it already is.</summary>
    public static RouteAction Complete(RouteAction action, string ns)
    {
        switch (action.DestinationCase)
        {
            case RouteAction.DestinationOneofCase.Single when IsOpen(action.Single):
                var single = action.Clone();
                single.Single.Upstream.Namespace = ns;
                return single;
            case RouteAction.DestinationOneofCase.Multi when action.Multi.Destinations.Any(d => IsOpen(d.Destination)):
                var multi = action.Clone();
                foreach (var weighted in multi.Multi.Destinations)
                {
                    if (IsOpen(weighted.Destination)) weighted.Destination.Upstream.Namespace = ns;
                }

                return multi;
            default:
                return action;
        }
    }

    private static bool IsOpen(Destination? destination) => destination?.Upstream is { Namespace.Length: 0 };
}
