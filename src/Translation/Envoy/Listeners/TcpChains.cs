using System.Globalization;
using Google.Protobuf.Collections;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// The filter chains of TCP listeners, hybrid and aggregate ones included (envoy-translation 2.4). A host that cannot
/// be served costs its own chain only.
/// </summary>
internal static class TcpChains
{
    private const string Handled = "tcpProxySettings connectionLimit localRatelimit";

    /// <summary>Adds a chain for each host.</summary>
    public static void Add(ListenerScope listener, GlooV1.TcpListener tcp, GlooV1.Matcher? matcher, string field)
    {
        OptionGuard.Check(tcp.Options, Handled, listener.Problems);
        var staged = new StagedFilters();
        ConnectionLimit.Add(tcp.Options?.ConnectionLimit, staged, listener.Problems);
        NetworkLocalRateLimit.Add(tcp.Options?.LocalRatelimit, "localRatelimit", staged, listener.Problems);
        CustomFilters.Add(tcp.CustomNetworkFilters, "customNetworkFilters", staged, listener.Problems);
        EnvoyListener.Filter[] filters =
        [
            .. staged.Ordered().Select(filter => new EnvoyListener.Filter
            {
                Name = filter.Name,
                TypedConfig = filter.Config,
            }),
        ];
        for (var i = 0; i < tcp.TcpHosts.Count; i++)
        {
            var host = string.Create(CultureInfo.InvariantCulture, $"{field}.tcpHosts[{i}]");
            Host(listener, tcp, tcp.TcpHosts[i], matcher, filters, host);
        }
    }

    private static void Host(
        ListenerScope listener, GlooV1.TcpListener tcp, GlooV1.TcpHost host, GlooV1.Matcher? matcher,
        EnvoyListener.Filter[] filters, string field)
    {
        var problems = new List<Problem>();
        var proxy = TcpProxies.Of(listener, tcp, host, problems);
        Report(listener, host, field, problems);
        var names = host.SslConfig?.SniDomains is { Count: > 0 } own
            ? own
            : matcher?.SslConfig?.SniDomains ?? [];
        var draft = host.SslConfig is null
            ? new FilterChainDraft(Plain(names), listener.Sources, field)
            : IsPassThrough(host.SslConfig)
                ? PassThrough(listener, names, field)
                : TlsChains.Of(listener, host.SslConfig, names, listener.Sources, field);
        if (draft is null) return;
        if (!draft.IsClosed && proxy is null)
        {
            // Whoever matches more must not get the connections of a host that cannot be served.
            if (names.Count == 0) return;
            draft.Output.TransportSocket = null;
            draft.Output.TransportSocketConnectTimeout = null;
            draft = draft with { IsClosed = true };
        }

        if (!draft.IsClosed)
        {
            draft.Output.Filters.AddRange(filters);
            if (host.Destination?.ForwardSniClusterName is not null) draft.Output.Filters.Add(TcpProxies.SniCluster());
            draft.Output.Filters.Add(proxy);
        }

        if (ChainMatchers.Apply(
            matcher, draft.Output, why => Report(listener, host, field, [Error(why)])))
            listener.Chains.Add(draft);
    }

    private static EnvoyListener.FilterChain Plain(RepeatedField<string> names)
    {
        var chain = new EnvoyListener.FilterChain();
        if (names.Count > 0)
        {
            chain.FilterChainMatch = new EnvoyListener.FilterChainMatch
            {
                ServerNames = { ServerNames.Valid(names, _ => { }) },
            };
        }

        return chain;
    }

    private static FilterChainDraft? PassThrough(
        ListenerScope listener, RepeatedField<string> names, string field)
    {
        var problems = new List<Problem>();
        var valid = ServerNames.Valid(names, why => problems.Add(Problem.Error(EnvoyCodes.InvalidTls, why)));
        TlsChains.Report(listener, listener.Sources, field, problems);
        if (valid.Count == 0) return null;
        return new FilterChainDraft(
            new EnvoyListener.FilterChain
            {
                FilterChainMatch = new EnvoyListener.FilterChainMatch { ServerNames = { valid } },
            },
            listener.Sources, field);
    }

    private static bool IsPassThrough(GlooV1.SslConfig ssl) => TlsSource.Of(ssl).IsNone && ssl.SniDomains.Count > 0;

    private static Problem Error(string reason) => Problem.Error(EnvoyCodes.InvalidTcpHost, reason);

    private static void Report(
        ListenerScope listener, GlooV1.TcpHost host, string field, IEnumerable<Problem> problems)
    {
        foreach (var problem in problems.Distinct())
        {
            var text = problem.Severity == Severity.Error
                ? $"TcpHost Error: ProcessingError. Reason: {problem.Message}"
                : $"TcpHost Warning: InvalidDestinationWarning. Reason: {problem.Message}";
            if (host.Name.Length > 0) text += $". Host Name: {host.Name}";
            listener.Findings.Add(new Finding(listener.Sources, problem with { Message = text }, field));
        }
    }
}
