using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Envoy.Extensions.TransportSockets.Tls.V3;
using Google.Protobuf;
using Stagedoor.Api;
using Stagedoor.Xds;
using EnvoySecret = Envoy.Extensions.TransportSockets.Tls.V3.Secret;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Secrets of TLS kind as Envoy wants them (envoy-translation 10.1 and 10.6). Each is read once in the process and kept
/// as long as its resource.
/// </summary>
internal static class TlsMaterials
{
    private static readonly ConditionalWeakTable<Resource, TlsMaterial> Known = new();

    /// <summary>The material of a Secret.</summary>
    public static TlsMaterial Of(Resource secret) => Known.GetValue(secret, Read);

    /// <summary>SDS name of a Secret's certificate.</summary>
    public static string CertificateName(ResourceKey secret) => $"{secret.Namespace}/{secret.Name}";

    /// <summary>SDS name of a Secret's certificate authorities.</summary>
    public static string AuthoritiesName(ResourceKey secret) => $"{secret.Namespace}/{secret.Name}/ca";

    private static TlsMaterial Read(Resource resource)
    {
        var input = TlsInputs.Of(resource);
        if (input is null) return TlsMaterial.Broken("it is not a TLS secret");
        var validity = ImmutableArray.CreateBuilder<(string, DateTimeOffset, DateTimeOffset)>();
        var (certificate, error, stapleError) = Pair(input, validity);
        if (error is not null) return TlsMaterial.Broken(error);
        var authorities = input.RootCa.Length == 0 ? null : Authorities(input.RootCa, validity, out error);
        if (error is not null) return TlsMaterial.Broken(error);
        if (certificate is null && authorities is null)
            return TlsMaterial.Broken("it holds neither a certificate nor certificate authorities");
        return new TlsMaterial
        {
            Certificate = certificate,
            Authorities = authorities,
            CertificateSecret = certificate is null ? null : Encode(new EnvoySecret
            {
                Name = CertificateName(resource.Key),
                TlsCertificate = certificate,
            }),
            AuthoritiesSecret = authorities is null ? null : Encode(new EnvoySecret
            {
                Name = AuthoritiesName(resource.Key),
                ValidationContext = new CertificateValidationContext { TrustedCa = authorities },
            }),
            StapleError = stapleError,
            HasStaple = certificate?.OcspStaple is not null,
            Validity = validity.ToImmutable(),
        };
    }

    private static (TlsCertificate? Certificate, string? Error, string? StapleError) Pair(
        TlsInputs input, ImmutableArray<(string, DateTimeOffset, DateTimeOffset)>.Builder validity)
    {
        if (input.Chain.Length == 0 && input.Key.Length == 0) return (null, null, null);
        if (input.Chain.Length == 0) return (null, "it has a private key and no certificate", null);
        if (input.Key.Length == 0) return (null, "it has a certificate and no private key", null);
        var chain = PemText.Certificates(input.Chain, "the certificate chain", out var error);
        try
        {
            if (error is not null) return (null, error, null);
            if (PemText.IsEncrypted(input.Key)) return (null, "the private key is encrypted", null);
            if (PemText.PrivateKey(input.Key) is not { } key) return (null, "it holds no PEM private key", null);
            if (KeyPairs.Problem(chain[0], key) is { } why) return (null, why, null);
            validity.Add(("the certificate", chain[0].NotBefore, chain[0].NotAfter));
            var stapleError = input.Staple.IsEmpty ? null : OcspStaples.Problem(input.Staple, chain[0]);
            var certificate = new TlsCertificate
            {
                CertificateChain = new EnvoyCore.DataSource { InlineString = PemText.Write(chain) },
                PrivateKey = new EnvoyCore.DataSource { InlineString = key },
            };
            if (!input.Staple.IsEmpty && stapleError is null)
            {
                certificate.OcspStaple =
                    new EnvoyCore.DataSource { InlineBytes = UnsafeByteOperations.UnsafeWrap(input.Staple) };
            }

            return (certificate, null, stapleError);
        }
        finally
        {
            foreach (var certificate in chain) certificate.Dispose();
        }
    }

    private static EnvoyCore.DataSource? Authorities(
        string text, ImmutableArray<(string, DateTimeOffset, DateTimeOffset)>.Builder validity, out string? error)
    {
        var bundle = PemText.Certificates(text, "the root CA", out error);
        try
        {
            if (error is not null) return null;
            foreach (var authority in bundle) validity.Add(("a root CA", authority.NotBefore, authority.NotAfter));
            return new EnvoyCore.DataSource { InlineString = PemText.Write(bundle) };
        }
        finally
        {
            foreach (var authority in bundle) authority.Dispose();
        }
    }

    private static EncodedResource Encode(EnvoySecret secret) =>
        EncodedResource.Encode(XdsType.Secret, secret.Name, secret, ResourceRefs.None);
}
