using System.Collections.Immutable;

namespace Stagedoor.Xds.Server.Security;

/// <summary>Which roles the names in a client's certificate may ask for.</summary>
/// <param name="Rules">All that fit count.</param>
public sealed record IdentityMap(ImmutableArray<IdentityRule> Rules)
{
    /// <summary>
    /// A SPIFFE identity or Service name is the proxy of its namespace and name; a service account
    /// <c>gloo-proxy-GATEWAY</c> is the proxy of that Gateway (infrastructure 1.2 and 7.6).
    /// </summary>
    public static readonly IdentityMap Default = Parse(
        "spiffe://*/ns/{namespace}/sa/{name}={namespace}~{name}",
        "spiffe://*/ns/{namespace}/sa/gloo-proxy-{name}=gloo-kube-gateway-api~{namespace}~{namespace}-{name}",
        "{name}.{namespace}.svc={namespace}~{name}",
        "{name}.{namespace}.svc.cluster.local={namespace}~{name}");

    /// <summary>Reads the lines of a map.</summary>
    /// <exception cref="FormatException">One cannot be read.</exception>
    public static IdentityMap Parse(params IEnumerable<string> lines) => new([.. lines.Select(IdentityRule.Parse)]);

    /// <summary>The roles that any of the names may ask for; <c>*</c> among them is every role.</summary>
    public ImmutableHashSet<string> RolesOf(IEnumerable<string> names) =>
    [
        .. from name in names from rule in Rules select rule.RoleOf(name) into role where role is not null select role,
    ];
}
