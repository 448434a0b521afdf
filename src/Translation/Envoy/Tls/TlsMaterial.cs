using System.Collections.Immutable;
using Envoy.Extensions.TransportSockets.Tls.V3;
using Stagedoor.Xds;

namespace Stagedoor.Translation.Envoy;

/// <summary>A Secret of TLS kind, read and checked once. Its text form shows nothing of it (rule I8).</summary>
internal sealed class TlsMaterial
{
    /// <summary>Certificate chain with key and staple; null if there is none.</summary>
    public TlsCertificate? Certificate { get; init; }

    /// <summary>The certificate authorities; null if there are none.</summary>
    public EnvoyCore.DataSource? Authorities { get; init; }

    /// <summary>The certificate as an SDS resource.</summary>
    public EncodedResource? CertificateSecret { get; init; }

    /// <summary>The authorities as an SDS resource.</summary>
    public EncodedResource? AuthoritiesSecret { get; init; }

    /// <summary>Why Envoy could not use it; null if it can.</summary>
    public string? Error { get; init; }

    /// <summary>Why the OCSP staple cannot be used; null if it can or there is none.</summary>
    public string? StapleError { get; init; }

    /// <summary>Whether there is an OCSP staple that can be used.</summary>
    public bool HasStaple { get; init; }

    /// <summary>From when to when the certificates are valid, with what they are.</summary>
    public ImmutableArray<(string What, DateTimeOffset From, DateTimeOffset To)> Validity { get; init; } = [];

    /// <summary>A material that cannot be used.</summary>
    public static TlsMaterial Broken(string error) => new() { Error = error };
}
