namespace Stagedoor.Translation.Envoy;

/// <summary>Diagnostic codes of the Envoy stage; each has a section in <c>docs/diagnostics.md</c>.</summary>
public static partial class EnvoyCodes
{
    /// <summary>A route names an Upstream that does not exist.</summary>
    public const string UpstreamNotFound = "SD3001";

    /// <summary>A route names an Upstream that cannot be translated.</summary>
    public const string UpstreamInvalid = "SD3002";

    /// <summary>A matcher that Envoy would refuse or that never matches.</summary>
    public const string InvalidMatcher = "SD3003";

    /// <summary>An action that Envoy would refuse.</summary>
    public const string InvalidAction = "SD3004";

    /// <summary>An option whose value Envoy would refuse.</summary>
    public const string InvalidOption = "SD3005";

    /// <summary>An option that this version does not translate; served without it.</summary>
    public const string UnsupportedOption = "SD3006";

    /// <summary>A protecting option that this version does not translate; closed instead.</summary>
    public const string UnsupportedProtection = "SD3007";

    /// <summary>A domain that another virtual host of the listener has already.</summary>
    public const string DuplicateDomain = "SD3008";

    /// <summary>A listener that cannot be served.</summary>
    public const string InvalidListener = "SD3009";

    /// <summary>An Upstream that cannot be translated.</summary>
    public const string InvalidUpstream = "SD3010";

    /// <summary>An Upstream of a type that this version does not translate.</summary>
    public const string UnsupportedUpstream = "SD3011";

    /// <summary>An UpstreamGroup that does not exist or is empty.</summary>
    public const string UpstreamGroup = "SD3012";

    /// <summary>Two listeners of a Proxy on one address.</summary>
    public const string DuplicateAddress = "SD3013";

    /// <summary>An Upstream names a Kubernetes Service that does not exist.</summary>
    public const string ServiceNotFound = "SD3014";

    /// <summary>Something that Envoy's own rules refuse.</summary>
    public const string RejectedByRule = "SD3015";

    /// <summary>An option of a virtual host that cannot be served.</summary>
    public const string InvalidVirtualHost = "SD3016";

    /// <summary>An option of Gloo's enterprise edition; served without it.</summary>
    public const string EnterpriseOption = "SD3030";

    /// <summary>A protecting option of Gloo's enterprise edition; closed instead.</summary>
    public const string EnterpriseProtection = "SD3031";

    /// <summary>A filter's server is an Upstream that does not exist or is not served.</summary>
    public const string FilterServer = "SD3032";

    /// <summary>A filter that cannot be configured; closed instead.</summary>
    public const string InvalidFilter = "SD3033";

    /// <summary>A template or matcher of a transformation that cannot be compiled.</summary>
    public const string InvalidTransformation = "SD3034";
}
