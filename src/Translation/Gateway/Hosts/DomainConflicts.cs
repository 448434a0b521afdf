using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>What is said of domains that several VirtualServices of one listener claim.</summary>
internal static class DomainConflicts
{
    private const int MaxDomains = 100;
    private const string Field = "spec.virtualHost.domains";

    /// <summary>Errors for what a member lost, information for what it kept.</summary>
    public static ImmutableArray<Diagnostic> Of(HostMember member, DomainClaims claims)
    {
        var result = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var domain in member.Piece.Claims)
        {
            if (!claims.Contested.Contains(domain)) continue;
            if (result.Count == MaxDomains) break;
            var claimants = claims.Claimants(domain);
            result.Add(ReferenceEquals(claimants[0], member)
                ? Kept(member, domain, claimants)
                : Lost(member, domain, claimants[0]));
        }

        // Errors first: a bounded list must not hide them behind information.
        return [.. result.OrderByDescending(diagnostic => diagnostic.Severity)];
    }

    private static Diagnostic Lost(HostMember member, string domain, HostMember winner) =>
        Remark.Error(
            member.Piece.Source, GatewayCodes.DomainConflict, Field,
            $"domain conflict: the domain {Shown(domain)} stays with virtual service {Name(winner)}, "
            + "which comes first by age and name");

    private static Diagnostic Kept(HostMember member, string domain, IReadOnlyList<HostMember> claimants) =>
        Remark.Info(
            member.Piece.Source, GatewayCodes.DomainConflict, Field,
            $"domain conflict: the domain {Shown(domain)} is kept; claimed in vain by "
            + Shorten.Names(claimants.Skip(1).Select(Name), claimants.Count - 1));

    private static string Name(HostMember member) => $"{member.Key.Namespace}.{member.Key.Name}";

    private static string Shown(string domain) => domain.Length == 0 ? "EMPTY_DOMAIN" : Shorten.Text(domain);
}
