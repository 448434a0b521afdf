using System.Collections.Immutable;
using System.Globalization;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Which domains each virtual host of a route configuration gets (envoy-translation 4.2). Envoy refuses the whole route
/// configuration if a domain stands in it twice, in whichever case, so the elder virtual host keeps it.
/// </summary>
internal static class Domains
{
    private static readonly ImmutableArray<string> Any = ["*"];

    /// <summary>The domains of each virtual host, in the same order, and what is wrong with them.</summary>
    public static ImmutableArray<string>[] Assign(
        IReadOnlyList<GlooV1.VirtualHost> hosts, HttpContext http, CatalogView view, List<Finding> findings)
    {
        var domains = new ImmutableArray<string>[hosts.Count];
        var owners = new Dictionary<string, int>(hosts.Count, StringComparer.OrdinalIgnoreCase);
        var conflicts = new HashSet<int>();
        for (var i = 0; i < hosts.Count; i++)
        {
            domains[i] = Valid(hosts[i], i, http, findings);
            foreach (var domain in domains[i])
            {
                if (owners.TryAdd(domain, i)) continue;
                var owner = owners[domain];
                var winner = owner == i || !IsElder(hosts[i], hosts[owner], http, view) ? owner : i;
                owners[domain] = winner;
                conflicts.Add(owner);
                conflicts.Add(i);
            }
        }

        foreach (var index in conflicts.Order())
            domains[index] = Resolve(domains[index], index, hosts, owners, http, findings);
        return domains;
    }

    /// <summary>The domains of a virtual host as they are served; null if any of them cannot be.</summary>
    public static ImmutableArray<string>? IfAllValid(GlooV1.VirtualHost host)
    {
        if (IsForAll(host)) return Any;
        foreach (var domain in host.Domains)
            if (Problem(domain) is not null)
                return null;
        return [.. host.Domains];
    }

    private static bool IsForAll(GlooV1.VirtualHost host) =>
        host.Domains.Count == 0 || (host.Domains.Count == 1 && host.Domains[0].Length == 0);

    private static ImmutableArray<string> Valid(
        GlooV1.VirtualHost host, int index, HttpContext http, List<Finding> findings)
    {
        if (IsForAll(host)) return Any;
        var valid = ImmutableArray.CreateBuilder<string>(host.Domains.Count);
        foreach (var domain in host.Domains)
        {
            if (Problem(domain) is not { } why) valid.Add(domain);
            else Report(host, index, http, findings, domain.Length == 0 ? "EmptyDomainError" : "ProcessingError", why);
        }

        return valid.ToImmutable();
    }

    private static string? Problem(string domain)
    {
        if (domain.Length == 0) return "a domain must not be empty";
        if (domain.Any(c => c is <= ' ' or '\x7f')) return "a domain must not hold blanks or control characters";
        var star = domain.IndexOf('*', StringComparison.Ordinal);
        if (star < 0 || domain == "*") return null;
        return star == domain.LastIndexOf('*') && (star == 0 || star == domain.Length - 1)
            ? null
            : $"domain '{domain}' never matches: '*' may stand once, at its start or its end";
    }

    private static ImmutableArray<string> Resolve(
        ImmutableArray<string> own, int index, IReadOnlyList<GlooV1.VirtualHost> hosts, Dictionary<string, int> owners,
        HttpContext http, List<Finding> findings)
    {
        var kept = ImmutableArray.CreateBuilder<string>(own.Length);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var domain in own)
        {
            var owner = owners[domain];
            if (owner == index && seen.Add(domain)) kept.Add(domain);
            else
            {
                Report(
                    hosts[index], index, http, findings, "DomainsNotUniqueError",
                    owner == index
                        ? $"domain {domain} is listed twice"
                        : $"domain {domain} is shared by the following virtual hosts: "
                            + $"[{hosts[owner].Name} {hosts[index].Name}]; the elder, {hosts[owner].Name}, keeps it");
            }
        }

        return kept.ToImmutable();
    }

    private static bool IsElder(
        GlooV1.VirtualHost host, GlooV1.VirtualHost other, HttpContext http, CatalogView view) =>
        Age(host, http, view) < Age(other, http, view);

    private static DateTimeOffset Age(GlooV1.VirtualHost host, HttpContext http, CatalogView view) =>
        Sources.Of(
            host.MetadataStatic, http.Sources) is { IsEmpty: false } sources && view.Find(sources[^1]) is { } resource
            ? resource.Metadata.Created
            : DateTimeOffset.MaxValue;

    private static void Report(
        GlooV1.VirtualHost host, int index, HttpContext http, List<Finding> findings, string type, string reason) =>
        findings.Add(new Finding(
            Sources.Of(host.MetadataStatic, http.Sources),
            Envoy.Problem.Error(EnvoyCodes.DuplicateDomain, $"VirtualHost Error: {type}. Reason: {reason}"),
            string.Create(CultureInfo.InvariantCulture, $"{http.Field}.virtualHosts[{index}].domains")));
}
