using System.Collections.Immutable;
using Google.Protobuf;
using Stagedoor.Api;
using Stagedoor.Translation.Validation;

namespace Stagedoor.Translation.Envoy;

/// <summary>One virtual host on its way to Envoy: what its features read, write and report.</summary>
internal sealed class VirtualHostScope(
    GlooV1.VirtualHost input, string field, HttpContext http, TrackedView view, UpstreamLookup upstreams)
{
    private static readonly GlooV1.VirtualHostOptions None = new();

    /// <summary>The virtual host of the Proxy.</summary>
    public GlooV1.VirtualHost Input { get; } = input;

    /// <summary>Its options; empty if it has none.</summary>
    public GlooV1.VirtualHostOptions Options { get; } = input.Options ?? None;

    /// <summary>Path of it in the Proxy.</summary>
    public string Field { get; } = field;

    /// <summary>The filter chain that it belongs to.</summary>
    public HttpContext Http { get; } = http;

    /// <summary>The inputs.</summary>
    public TrackedView View { get; } = view;

    /// <summary>The virtual host being made.</summary>
    public EnvoyRoute.VirtualHost Output { get; set; } = new() { Name = input.Name.Replace('.', '_') };

    /// <summary>Whom to blame.</summary>
    public ImmutableArray<ResourceKey> Sources { get; } = Envoy.Sources.Of(input.MetadataStatic, http.Sources);

    /// <summary>Findings of the virtual host and its routes.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Clusters that exist and that its routes refer to.</summary>
    public SortedSet<string> Clusters { get; } = new(StringComparer.Ordinal);

    /// <summary>Upstreams that its routes refer to, existing or not.</summary>
    public HashSet<ResourceKey> Upstreams { get; } = [];

    /// <summary>What is wrong with the virtual host itself.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>Names of the filters that it, its routes or their destinations configure.</summary>
    public SortedSet<string> Filters { get; } = new(StringComparer.Ordinal);

    /// <summary>Configures a filter for all requests of the virtual host.</summary>
    public void Configure(string filter, IMessage config)
    {
        Output.TypedPerFilterConfig[filter] = AnyTypes.Pack(config);
        Filters.Add(filter);
    }

    /// <summary>An error: the virtual host answers 500 to everything.</summary>
    public void Error(string reason, string code = EnvoyCodes.InvalidOption) =>
        Problems.Add(Problem.Error(code, reason));

    /// <summary>A warning: the virtual host is served.</summary>
    public void Warn(string reason, string code = EnvoyCodes.InvalidOption) =>
        Problems.Add(Problem.Warning(code, reason));

    /// <summary>The state of an Upstream, which becomes a dependency.</summary>
    public UpstreamState Upstream(ResourceKey key)
    {
        var state = upstreams.Get(key);
        if (Upstreams.Add(key)) View.Touch(UpstreamLookup.FactOf(key));
        if (state.IsServed) Clusters.Add(EnvoyNames.Cluster(key));
        return state;
    }
}
