namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Codes of what the translation of the classic API has to say; documented in <c>docs/diagnostics.md</c>.
/// </summary>
public static class GatewayCodes
{
    /// <summary>A Gateway without httpGateway, tcpGateway or hybridGateway.</summary>
    public const string NoGatewayType = "SD2001";

    /// <summary>Two Gateways of one Proxy bind the same address and port.</summary>
    public const string BindConflict = "SD2002";

    /// <summary>A Gateway names a VirtualService that does not exist.</summary>
    public const string MissingVirtualService = "SD2003";

    /// <summary>A label expression that Kubernetes would not accept.</summary>
    public const string BadExpression = "SD2004";

    /// <summary>A hybrid Gateway whose matched gateways yield nothing.</summary>
    public const string HybridEmpty = "SD2005";

    /// <summary>A hybrid Gateway that delegates and selects nothing.</summary>
    public const string HybridSelectsNothing = "SD2006";

    /// <summary>A TCP host with an SNI domain that its matcher does not let through.</summary>
    public const string SniOutsideMatcher = "SD2007";

    /// <summary>Two matched gateways of one Gateway with equal matchers.</summary>
    public const string DuplicateMatcher = "SD2008";

    /// <summary>A domain that two VirtualServices of one listener claim.</summary>
    public const string DomainConflict = "SD2010";

    /// <summary>A VirtualService without virtualHost.</summary>
    public const string NoVirtualHost = "SD2011";

    /// <summary>A domain that stands twice in one VirtualService.</summary>
    public const string RepeatedDomain = "SD2012";

    /// <summary>A reference to a VirtualHostOption that does not exist.</summary>
    public const string MissingVirtualHostOption = "SD2020";

    /// <summary>A reference to a RouteOption that does not exist.</summary>
    public const string MissingRouteOption = "SD2021";

    /// <summary>A route without action.</summary>
    public const string NoAction = "SD2030";

    /// <summary>A delegating route with several matchers, or with one that is no prefix.</summary>
    public const string DelegateMatcher = "SD2031";

    /// <summary>A reference to a RouteTable that does not exist.</summary>
    public const string MissingRouteTable = "SD2032";

    /// <summary>A selector that matches no RouteTable.</summary>
    public const string NoRouteTableSelected = "SD2033";

    /// <summary>A selector with labels and expressions.</summary>
    public const string LabelsAndExpressions = "SD2034";

    /// <summary>A delegating route with neither ref nor selector.</summary>
    public const string NoDelegate = "SD2035";

    /// <summary>RouteTables that delegate in a circle.</summary>
    public const string DelegationCycle = "SD2036";

    /// <summary>A VirtualService with more routes or deeper delegation than is translated.</summary>
    public const string TooManyRoutes = "SD2037";

    /// <summary>A route of a RouteTable that does not contain what its parent's matcher requires.</summary>
    public const string ChildMatcher = "SD2038";

    /// <summary>A regular expression that RE2 does not accept.</summary>
    public const string BadRegex = "SD2040";

    /// <summary>A route that can never be reached: an earlier one has the same matcher.</summary>
    public const string ShadowedMatcher = "SD2041";

    /// <summary>A route behind a prefix that already takes its requests.</summary>
    public const string ShadowedByPrefix = "SD2042";

    /// <summary>A route behind a regular expression that already takes its requests.</summary>
    public const string ShadowedByRegex = "SD2043";

    /// <summary>A stored Proxy whose name Gateways use.</summary>
    public const string ProxyOverridden = "SD2050";
}
