using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>envoyMetadata</c> of routes (envoy-translation 8).</summary>
internal static class RouteMetadata
{
    public static void OnRoute(RouteScope route)
    {
        if (route.Options.EnvoyMetadata.Count == 0) return;
        var entries = new SortedDictionary<string, Struct>(StringComparer.Ordinal);
        foreach (var (key, value) in route.Options.EnvoyMetadata)
        {
            if (key.Length == 0) route.Error("envoyMetadata: a key must not be empty");
            else entries[key] = Structs.Sorted(value);
        }

        route.Output.Metadata = Structs.Metadata(entries);
    }
}
