using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// The domains of the virtual hosts of one route configuration. As long as nobody contests one and none is wrong, the
/// next assignment costs the virtual hosts that differ.
/// </summary>
internal sealed class DomainAssignment
{
    private readonly GlooV1.VirtualHost[] _hosts;
    private readonly HashSet<string>? _taken;

    private DomainAssignment(
        GlooV1.VirtualHost[] hosts, ImmutableArray<string>[] domains, HashSet<string>? taken)
    {
        _hosts = hosts;
        Domains = domains;
        _taken = taken;
    }

    /// <summary>The domains of each virtual host, in the same order.</summary>
    public ImmutableArray<string>[] Domains { get; }

    /// <summary>Whether there was nothing to report: then the result follows from the virtual hosts alone.</summary>
    public bool IsClean => _taken is not null;

    /// <summary>The assignment for these virtual hosts.</summary>
    /// <param name="old">The one before, which is used up.</param>
    /// <param name="hosts">The virtual hosts.</param>
    /// <param name="http">Whom to blame.</param>
    /// <param name="view">Where their age is found.</param>
    /// <param name="findings">What is wrong is added here.</param>
    public static DomainAssignment Next(
        DomainAssignment? old, IReadOnlyList<GlooV1.VirtualHost> hosts, HttpContext http, CatalogView view,
        List<Finding> findings)
    {
        if (old is not null && old.IsClean && old.Follow(hosts) is { } next) return next;
        var before = findings.Count;
        var domains = Envoy.Domains.Assign(hosts, http, view, findings);
        HashSet<string>? taken = null;
        if (findings.Count == before)
        {
            taken = new HashSet<string>(hosts.Count, StringComparer.OrdinalIgnoreCase);
            foreach (var domain in domains.SelectMany(own => own)) taken.Add(domain);
        }

        return new DomainAssignment([.. hosts], domains, taken);
    }

    // The same virtual hosts at both ends stay; those between give their domains back before others take any.
    private DomainAssignment? Follow(IReadOnlyList<GlooV1.VirtualHost> hosts)
    {
        var shorter = Math.Min(_hosts.Length, hosts.Count);
        var start = 0;
        while (start < shorter && ReferenceEquals(_hosts[start], hosts[start])) start++;
        var end = 0;
        while (end < shorter - start && ReferenceEquals(_hosts[^(end + 1)], hosts[hosts.Count - end - 1])) end++;
        if (start + end == hosts.Count && start + end == _hosts.Length) return this;
        var taken = _taken!;
        for (var i = start; i < _hosts.Length - end; i++)
            foreach (var domain in Domains[i])
                taken.Remove(domain);
        var between = new ImmutableArray<string>[hosts.Count - end - start];
        for (var i = 0; i < between.Length; i++)
        {
            if (Envoy.Domains.IfAllValid(hosts[start + i]) is not { } own) return null;
            foreach (var domain in own)
                if (!taken.Add(domain))
                    return null;
            between[i] = own;
        }

        var same = between.Length == _hosts.Length - end - start;
        var nextHosts = same ? _hosts : new GlooV1.VirtualHost[hosts.Count];
        var nextDomains = same ? Domains : new ImmutableArray<string>[hosts.Count];
        if (!same)
        {
            Array.Copy(_hosts, nextHosts, start);
            Array.Copy(Domains, nextDomains, start);
            Array.Copy(_hosts, _hosts.Length - end, nextHosts, hosts.Count - end, end);
            Array.Copy(Domains, Domains.Length - end, nextDomains, hosts.Count - end, end);
        }

        for (var i = 0; i < between.Length; i++)
        {
            nextHosts[start + i] = hosts[start + i];
            nextDomains[start + i] = between[i];
        }

        return same ? this : new DomainAssignment(nextHosts, nextDomains, taken);
    }
}
