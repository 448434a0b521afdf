using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// A filter chain that ends TLS. One whose certificates cannot be used is replaced by one that refuses connections, for
/// its own names alone: those hosts must not be answered with the certificate, or without the client check, of others.
/// </summary>
internal static class TlsChains
{
    /// <summary>The chain, yet without filters; null if there is nothing that it could match.</summary>
    public static FilterChainDraft? Of(
        ListenerScope listener, GlooV1.SslConfig config, IReadOnlyCollection<string> serverNames,
        ImmutableArray<ResourceKey> sources, string field)
    {
        var scope = new TlsScope(listener.View, listener.Now);
        var names = ServerNames.Valid(
            serverNames, why => scope.Problems.Add(Problem.Error(EnvoyCodes.InvalidTls, why)));
        var isNameless = serverNames.Count > 0 && names.Count == 0;
        var socket = DownstreamTls.Of(config, scope);
        if (config.TransportSocketConnectTimeout is { } timeout && !Durations.IsValid(timeout))
            scope.Fail(EnvoyCodes.InvalidTls, "transportSocketConnectTimeout must not be negative");
        Report(listener, sources, field, scope.Problems);
        if (isNameless) return null;
        var match = new EnvoyListener.FilterChainMatch { ServerNames = { names } };
        if (socket is null || scope.IsBroken)
        {
            if (names.Count == 0) match.TransportProtocol = "tls";
            return new FilterChainDraft(new EnvoyListener.FilterChain { FilterChainMatch = match }, sources, field)
            {
                IsClosed = true,
            };
        }

        listener.Secrets.Add(scope.Secrets, sources);
        return new FilterChainDraft(
            new EnvoyListener.FilterChain
            {
                FilterChainMatch = match,
                TransportSocket = socket,
                TransportSocketConnectTimeout = config.TransportSocketConnectTimeout,
            },
            sources, field);
    }

    /// <summary>Blames each of the sources.</summary>
    public static void Report(
        ListenerScope listener, ImmutableArray<ResourceKey> sources, string field, IEnumerable<Problem> problems)
    {
        foreach (var problem in problems.Distinct())
        {
            var level = problem.Severity == Severity.Error ? "Error" : "Warning";
            var told = problem with
            {
                Message = $"Listener {level}: SSLConfig{level}. Reason: {problem.Message}",
            };
            foreach (var source in sources) listener.Findings.Add(new Finding([source], told, field));
        }
    }
}
