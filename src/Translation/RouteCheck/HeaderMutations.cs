using System.Collections.Immutable;
using Google.Protobuf.Collections;
using AppendAction = Envoy.Config.Core.V3.HeaderValueOption.Types.HeaderAppendAction;
using HeaderValueOption = Envoy.Config.Core.V3.HeaderValueOption;

namespace Stagedoor.Translation.RouteCheck;

/// <summary>Headers that one level of the configuration removes and adds.</summary>
/// <param name="Add">What it adds.</param>
/// <param name="Remove">What it removes first.</param>
internal sealed record HeaderLevel(RepeatedField<HeaderValueOption> Add, RepeatedField<string> Remove)
{
    /// <summary>Changes the headers; notes values that depend on more than the request.</summary>
    public void Apply(RequestHeaders headers, List<string> unknown)
    {
        foreach (var name in Remove) headers.Remove(name);
        foreach (var option in Add)
        {
            var name = option.Header.Key;
            if (Value(option) is not { } value)
            {
                unknown.Add($"the value of the header {name}: {option.Header.Value}");
                continue;
            }

            if (value.Length == 0 && !option.KeepEmptyValue) continue;
            var isThere = headers[name] is not null;
            switch (ActionOf(option))
            {
                case AppendAction.AddIfAbsent when isThere:
                case AppendAction.OverwriteIfExists when !isThere:
                    break;
                case AppendAction.OverwriteIfExists or AppendAction.OverwriteIfExistsOrAdd:
                    headers.Set(name, value);
                    break;
                default:
                    headers.Add(name, value);
                    break;
            }
        }
    }

    /// <summary>The changes in words.</summary>
    public IEnumerable<HeaderChange> Changes() =>
        Remove.Select(name => new HeaderChange(Lower(name), null, "remove"))
            .Concat(Add.Select(option => new HeaderChange(
                Lower(option.Header.Key), Value(option) ?? option.Header.Value, Words(ActionOf(option)))));

    private static AppendAction ActionOf(HeaderValueOption option)
    {
#pragma warning disable CS0612 // Deprecated, and still read by Envoy.
        return option.Append switch
        {
            true => AppendAction.AppendIfExistsOrAdd,
            false => AppendAction.OverwriteIfExistsOrAdd,
            _ => option.AppendAction,
        };
#pragma warning restore CS0612
    }

    /// <summary>The value; null if it holds variables.</summary>
    private static string? Value(HeaderValueOption option)
    {
        var plain = option.Header.Value.Replace("%%", "\0", StringComparison.Ordinal);
        return plain.Contains('%', StringComparison.Ordinal) ? null : plain.Replace('\0', '%');
    }

    private static string Words(AppendAction action) => action switch
    {
        AppendAction.AddIfAbsent => "add if absent",
        AppendAction.OverwriteIfExists => "overwrite if there",
        AppendAction.OverwriteIfExistsOrAdd => "set",
        _ => "append",
    };

    // Header names are lower-case in Envoy.
#pragma warning disable CA1308
    private static string Lower(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308
}

/// <summary>The levels of a route, in the order in which Envoy applies them.</summary>
internal static class HeaderMutations
{
    /// <summary>
    /// Request headers: of the cluster among weighted ones, the route, the virtual host, the configuration.
    /// </summary>
    public static IEnumerable<HeaderLevel> OfRequest(
        EnvoyRoute.RouteConfiguration routes, EnvoyRoute.VirtualHost host, EnvoyRoute.Route route,
        EnvoyRoute.WeightedCluster.Types.ClusterWeight? cluster) => Ordered(routes,
        [
            cluster is null ? null : new HeaderLevel(cluster.RequestHeadersToAdd, cluster.RequestHeadersToRemove),
            new HeaderLevel(route.RequestHeadersToAdd, route.RequestHeadersToRemove),
            new HeaderLevel(host.RequestHeadersToAdd, host.RequestHeadersToRemove),
            new HeaderLevel(routes.RequestHeadersToAdd, routes.RequestHeadersToRemove),
        ]);

    /// <summary>Response headers, in the same order.</summary>
    public static ImmutableArray<HeaderChange> OfResponse(
        EnvoyRoute.RouteConfiguration routes, EnvoyRoute.VirtualHost host, EnvoyRoute.Route route,
        EnvoyRoute.WeightedCluster.Types.ClusterWeight? cluster) =>
    [
        .. Ordered(routes,
            [
                cluster is null ? null : new HeaderLevel(cluster.ResponseHeadersToAdd, cluster.ResponseHeadersToRemove),
                new HeaderLevel(route.ResponseHeadersToAdd, route.ResponseHeadersToRemove),
                new HeaderLevel(host.ResponseHeadersToAdd, host.ResponseHeadersToRemove),
                new HeaderLevel(routes.ResponseHeadersToAdd, routes.ResponseHeadersToRemove),
            ])
            .SelectMany(level => level.Changes()),
    ];

    private static IEnumerable<HeaderLevel> Ordered(
        EnvoyRoute.RouteConfiguration routes, IEnumerable<HeaderLevel?> levels)
    {
        var all = levels.OfType<HeaderLevel>();
        return routes.MostSpecificHeaderMutationsWins ? all.Reverse() : all;
    }
}
