using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>One listener on its way to Envoy: what its features read, write and report.</summary>
internal sealed class ListenerScope(
    GlooV1.Listener input, string field, ImmutableArray<ResourceKey> sources, TrackedView view,
    UpstreamLookup upstreams, DateTimeOffset? now, Func<HttpRoutes, IReadOnlySet<string>> translate)
{
    /// <summary>The listener of the Proxy.</summary>
    public GlooV1.Listener Input { get; } = input;

    /// <summary>Path of it in the Proxy.</summary>
    public string Field { get; } = field;

    /// <summary>Whom to blame.</summary>
    public ImmutableArray<ResourceKey> Sources { get; } = sources;

    /// <summary>The inputs.</summary>
    public TrackedView View { get; } = view;

    /// <summary>Whether the Proxy is one of the Gateway API (gateway-translation 2.2).</summary>
    public bool IsKube { get; init; }

    /// <summary>When it is; null if nobody said.</summary>
    public DateTimeOffset? Now { get; } = now;

    /// <summary>The listener being made.</summary>
    public EnvoyListener.Listener Output { get; } = new() { Name = input.Name };

    /// <summary>What is wrong with the listener as a whole.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>What is wrong with parts of it that others are to blame for.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Its filter chains, before those that collide are taken out.</summary>
    public List<FilterChainDraft> Chains { get; } = [];

    /// <summary>The route configurations that its chains refer to.</summary>
    public List<HttpRoutes> Routes { get; } = [];

    /// <summary>SDS resources that its own chains refer to.</summary>
    public SecretSet Secrets { get; } = new();

    /// <summary>Upstreams and clusters that its features talk to.</summary>
    public ListenerNeeds Needs { get; } = new(upstreams);

    /// <summary>Translates a route configuration; the answer is which filters its routes configure.</summary>
    public IReadOnlySet<string> Translate(HttpRoutes routes) => translate(routes);

    /// <summary>An error of the listener as a whole.</summary>
    public void Error(string reason, string code = EnvoyCodes.InvalidListener) =>
        Problems.Add(Problem.Error(code, reason));
}
