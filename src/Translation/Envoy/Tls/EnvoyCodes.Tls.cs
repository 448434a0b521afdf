namespace Stagedoor.Translation.Envoy;

public static partial class EnvoyCodes
{
    /// <summary>A Secret that TLS refers to does not exist.</summary>
    public const string TlsSecretNotFound = "SD3050";

    /// <summary>A Secret is not of TLS kind, or holds what Envoy cannot load.</summary>
    public const string TlsSecretInvalid = "SD3051";

    /// <summary>A certificate is not valid now.</summary>
    public const string CertificateNotValidNow = "SD3052";

    /// <summary>TLS options that Envoy would refuse or that say nothing.</summary>
    public const string InvalidTls = "SD3053";

    /// <summary>Two filter chains of a listener match the same connections.</summary>
    public const string FilterChainConflict = "SD3054";

    /// <summary>A host of a TCP listener cannot be served.</summary>
    public const string InvalidTcpHost = "SD3055";

    /// <summary>An access log that Envoy would refuse.</summary>
    public const string InvalidAccessLog = "SD3056";

    /// <summary>Tracing that Envoy would refuse.</summary>
    public const string InvalidTracing = "SD3057";
}
