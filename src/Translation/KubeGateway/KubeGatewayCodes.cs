namespace Stagedoor.Translation.KubeGateway;

/// <summary>
/// Codes of what the translation of the Gateway API has to say; documented in <c>docs/diagnostics.md</c>.
/// </summary>
public static class KubeGatewayCodes
{
    /// <summary>A route does not attach to a parent.</summary>
    public const string NotAttached = "SD2401";

    /// <summary>A route refers to something that does not exist, is not permitted or of no known kind.</summary>
    public const string RouteReference = "SD2402";

    /// <summary>A listener cannot be served.</summary>
    public const string Listener = "SD2403";

    /// <summary>A listener refers to a certificate that cannot be used, or allows kinds that it cannot have.</summary>
    public const string ListenerReference = "SD2404";

    /// <summary>A feature of the Gateway API that is not translated yet.</summary>
    public const string NotYet = "SD2405";
}
