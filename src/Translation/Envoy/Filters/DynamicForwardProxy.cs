using System.Globalization;
using System.IO.Hashing;
using Envoy.Extensions.Filters.Http.DynamicForwardProxy.V3;
using Google.Protobuf;
using Stagedoor.Translation.Validation;
using ClusterConfig = Envoy.Extensions.Clusters.DynamicForwardProxy.V3.ClusterConfig;
using GlooConfig = Solo.Gloo.Options.Dfp.FilterConfig;
using RewriteCase = Solo.Gloo.Options.Dfp.PerRouteConfig.HostRewriteSpecifierOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>dynamicForwardProxy</c> of listeners and routes: the request says where it goes (envoy-translation 9.7).
/// </summary>
internal sealed class DynamicForwardProxy : HttpFeature
{
    private const string Name = "envoy.filters.http.dynamic_forward_proxy";
    private const string ClusterType = "envoy.clusters.dynamic_forward_proxy";
    private const string Prefix = "solo_io_generated_dfp:";

    public override string ListenerFields => "dynamicForwardProxy";

    public override void OnListener(FilterChainScope chain)
    {
        if (chain.Options.DynamicForwardProxy is not { } input) return;
        var problems = new List<Problem>();
        var cache = DnsCaches.Of(input.DnsCacheConfig, Prefix + Hash(input.DnsCacheConfig), problems);
        var tls = new TlsScope(chain.View, null);
        var context = input.SslConfig is null ? null : UpstreamTls.Context(input.SslConfig, tls);
        problems.AddRange(tls.Problems.Select(problem => problem with
        {
            Code = EnvoyCodes.InvalidFilter,
            Message = $"dynamicForwardProxy.sslConfig: {problem.Message}",
        }));
        if (problems.Count > 0)
        {
            chain.Report(problems);
            return;
        }

        var breakers = input.CircuitBreakers ?? chain.View.Settings.Gloo?.CircuitBreakers;
        chain.Needs.Generate(new EnvoyCluster.Cluster
        {
            Name = ClusterOf(input),
            ConnectTimeout = Durations.Seconds(5),
            LbPolicy = EnvoyCluster.Cluster.Types.LbPolicy.ClusterProvided,
            ClusterType = new EnvoyCluster.Cluster.Types.CustomClusterType
            {
                Name = ClusterType,
                TypedConfig = AnyTypes.Pack(new ClusterConfig { DnsCacheConfig = cache }),
            },
            CircuitBreakers = breakers is null ? null : new EnvoyCluster.CircuitBreakers
            {
                Thresholds = { CircuitBreakers.Thresholds(breakers, true) },
            },
            TransportSocket = context is null ? null : UpstreamTls.Wrap(context),
        }, tls.Secrets);
        chain.Add(FilterSlot.During(FilterStage.OutAuth), Name, new FilterConfig
        {
            DnsCacheConfig = cache,
            SaveUpstreamAddress = input.SaveUpstreamAddress,
        });
    }

    public override void OnRoute(RouteScope route)
    {
        if (route.Input.RouteAction?.DynamicForwardProxy is not { } input) return;
        var output = new PerRouteConfig();
        switch (input.HostRewriteSpecifierCase)
        {
            case RewriteCase.HostRewrite:
                output.HostRewriteLiteral = input.HostRewrite;
                break;
            case RewriteCase.AutoHostRewriteHeader:
                if (!HeaderChecks.IsToken(input.AutoHostRewriteHeader))
                    route.Error("dynamicForwardProxy.autoHostRewriteHeader must be the name of a header");
                output.HostRewriteHeader = input.AutoHostRewriteHeader;
                break;
            default:
                route.Error("dynamicForwardProxy needs hostRewrite or autoHostRewriteHeader");
                break;
        }

        route.Configure(Name, output);
    }

    /// <summary>The cluster of routes; reports if the listener has none.</summary>
    public static string ClusterOf(RouteScope route)
    {
        if (route.Host.Http.Options?.DynamicForwardProxy is { } config)
        {
            var cluster = ClusterOf(config);
            route.Host.Clusters.Add(cluster);
            return cluster;
        }

        route.Error("dynamicForwardProxy: the listener has no dynamicForwardProxy", EnvoyCodes.InvalidAction);
        return Prefix;
    }

    private static string ClusterOf(GlooConfig config) => Prefix + Hash(config);

    private static string Hash(IMessage? message) =>
        XxHash64.HashToUInt64(message?.ToByteArray() ?? []).ToString(CultureInfo.InvariantCulture);
}
