using System.Collections.Frozen;
using System.Collections.Immutable;
using Google.Protobuf.Reflection;
using Solo.Api.Ratelimit;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Api.Documents;

/// <summary>The kinds that are read, by API group and kind, and how.</summary>
internal static class KindTable
{
    /// <summary>Gloo's kinds: the message that a document's <c>spec</c> fills.</summary>
    public static readonly FrozenDictionary<(string Group, string Kind), (ResourceKind Kind, MessageDescriptor Message)>
        Messages = new (ResourceKind Kind, MessageDescriptor Message)[]
        {
            (ResourceKinds.Gateway, Solo.Gateway.Gateway.Descriptor),
            (ResourceKinds.VirtualService, Solo.Gateway.VirtualService.Descriptor),
            (ResourceKinds.RouteTable, Solo.Gateway.RouteTable.Descriptor),
            (ResourceKinds.RouteOption, Solo.Gateway.RouteOption.Descriptor),
            (ResourceKinds.VirtualHostOption, Solo.Gateway.VirtualHostOption.Descriptor),
            (ResourceKinds.ListenerOption, Solo.Gateway.ListenerOption.Descriptor),
            (ResourceKinds.HttpListenerOption, Solo.Gateway.HttpListenerOption.Descriptor),
            (ResourceKinds.MatchableHttpGateway, Solo.Gateway.MatchableHttpGateway.Descriptor),
            (ResourceKinds.MatchableTcpGateway, Solo.Gateway.MatchableTcpGateway.Descriptor),
            (ResourceKinds.Proxy, Solo.Gloo.Proxy.Descriptor),
            (ResourceKinds.Upstream, Solo.Gloo.Upstream.Descriptor),
            (ResourceKinds.UpstreamGroup, Solo.Gloo.UpstreamGroup.Descriptor),
            (ResourceKinds.Settings, Solo.Gloo.Settings.Descriptor),
            (ResourceKinds.AuthConfig, Solo.Gloo.Enterprise.AuthConfig.Descriptor),
            (ResourceKinds.RateLimitConfig, RateLimitConfigSpec.Descriptor),
        }.ToFrozenDictionary(row => (row.Kind.Group, row.Kind.Kind));

    /// <summary>Kubernetes' own kinds.</summary>
    public static readonly FrozenDictionary<(string Group, string Kind), ResourceKind> Core =
        new[]
        {
            ResourceKinds.Secret, ResourceKinds.Service, ResourceKinds.Endpoints, ResourceKinds.ConfigMap,
            ResourceKinds.Namespace, ResourceKinds.EndpointSlice,
        }.ToFrozenDictionary(kind => (kind.Group, kind.Kind));

    private static readonly ImmutableArray<ResourceKind> All =
        [.. Messages.Values.Select(row => row.Kind), .. Core.Values];

    private static readonly FrozenSet<string> GlooGroups =
        Messages.Values.Select(row => row.Kind.Group).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The kind, or null if it is not one that is read.</summary>
    public static ResourceKind? Find(string group, string kind) =>
        Messages.TryGetValue((group, kind), out var row) ? row.Kind
        : Core.TryGetValue((group, kind), out var core) ? core
        : GatewayApiKinds.All.TryGetValue((group, kind), out var api) ? api.Kind
        : null;

    /// <summary>Whether the group is one of Gloo's, whose kinds are all known: another kind in it is a slip.</summary>
    public static bool IsGlooGroup(string group) => GlooGroups.Contains(group);

    /// <summary>What a kind that does not exist in a group of Gloo's was probably meant to be.</summary>
    public static string? Hint(string group, string kind)
    {
        var elsewhere = All.FirstOrDefault(known => known.Kind == kind);
        return elsewhere.Kind is not null
            ? $"{kind} is of apiVersion {elsewhere.ApiVersion}"
            : Spelling.Hint(kind, All.Where(known => known.Group == group).Select(known => known.Kind));
    }
}
