using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>TLS of a Gateway as a whole.</summary>
public sealed record GatewayTlsConfig : ApiObject
{
    /// <summary><c>backend</c>: towards backends.</summary>
    public GatewayBackendTls? Backend { get; init; }

    /// <summary><c>frontend</c>: towards clients.</summary>
    public FrontendTlsConfig? Frontend { get; init; }
}

/// <summary>How proxies identify themselves to backends.</summary>
public sealed record GatewayBackendTls : ApiObject
{
    /// <summary><c>clientCertificateRef</c>.</summary>
    public SecretObjectReference? ClientCertificateRef { get; init; }
}

/// <summary>How clients are validated: by default, and by port.</summary>
public sealed record FrontendTlsConfig : ApiObject
{
    /// <summary><c>default</c>.</summary>
    [Required]
    public TlsConfig Default { get; init; } = new();

    /// <summary><c>perPort</c>.</summary>
    [Items(0, 64)]
    public ImmutableArray<TlsPortConfig> PerPort { get; init; } = [];
}

/// <summary>How clients of one port are validated.</summary>
public sealed record TlsPortConfig : ApiObject
{
    /// <summary><c>port</c>.</summary>
    [Required, Between(1, 65535)]
    public int Port { get; init; }

    /// <summary><c>tls</c>.</summary>
    [Required]
    public TlsConfig Tls { get; init; } = new();
}

/// <summary>How clients are validated.</summary>
public sealed record TlsConfig : ApiObject
{
    /// <summary><c>validation</c>.</summary>
    public FrontendTlsValidation? Validation { get; init; }
}

/// <summary>The authorities that clients' certificates are checked with.</summary>
public sealed record FrontendTlsValidation : ApiObject
{
    /// <summary><c>caCertificateRefs</c>.</summary>
    [Required, Items(1, 8)]
    public ImmutableArray<ObjectReference> CaCertificateRefs { get; init; } = [];

    /// <summary><c>mode</c>.</summary>
    [OneOf("AllowValidOnly", "AllowInsecureFallback")]
    public string Mode { get; init; } = "AllowValidOnly";
}
