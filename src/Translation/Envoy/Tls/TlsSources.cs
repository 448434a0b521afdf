using System.Globalization;
using Envoy.Extensions.TransportSockets.Tls.V3;
using Stagedoor.Api;
using Stagedoor.Xds;
using Combined =
    Envoy.Extensions.TransportSockets.Tls.V3.CommonTlsContext.Types.CombinedCertificateValidationContext;

namespace Stagedoor.Translation.Envoy;

/// <summary>Which parts of a TLS context a source has given.</summary>
[Flags]
internal enum TlsParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A certificate with its key.</summary>
    Certificate = 1,

    /// <summary>Authorities to check the peer's certificate with.</summary>
    Authorities = 2,

    /// <summary>An OCSP staple.</summary>
    Staple = 4,
}

/// <summary>Puts the certificates of a source into a TLS context (envoy-translation 10.1 and 10.4).</summary>
internal static class TlsSources
{
    /// <summary>
    /// Fills in what the source has, less what <paramref name="without"/> names; reports and breaks the scope if that
    /// is unusable. The answer tells what the source had, left out or not.
    /// </summary>
    public static TlsParts Apply(
        TlsSource source, IReadOnlyCollection<string> altNames, TlsParts without, CommonTlsContext output,
        TlsScope scope)
    {
        var parts = source switch
        {
            { Secret: { } secret } => Secret(secret, altNames, without, output, scope),
            { Files: { } files } => Files(files, altNames, without, output, scope),
            { Sds: { } sds } => SdsSources.Apply(sds, altNames, without, output, scope),
            _ => TlsParts.None,
        };
        if (altNames.Count > 0 && !parts.HasFlag(TlsParts.Authorities) && !scope.IsBroken)
        {
            scope.Fail(
                EnvoyCodes.InvalidTls, "a root CA must be provided when verifySubjectAltName is not empty");
        }

        return parts;
    }

    /// <summary>Refers to authorities behind SDS, with the names that are accepted if there are any.</summary>
    public static void Authorities(
        SdsSecretConfig authorities, IReadOnlyCollection<string> altNames, CommonTlsContext output)
    {
        if (altNames.Count == 0)
        {
            output.ValidationContextSdsSecretConfig = authorities;
            return;
        }

        output.CombinedValidationContext = new Combined
        {
            DefaultValidationContext = WithNames(new CertificateValidationContext(), altNames),
            ValidationContextSdsSecretConfig = authorities,
        };
    }

    private static TlsParts Secret(
        Solo.Core.ResourceRef reference, IReadOnlyCollection<string> altNames, TlsParts without,
        CommonTlsContext output, TlsScope scope)
    {
        var key = ResourceKey.Of(ResourceKinds.Secret, reference.Namespace, reference.Name);
        var name = $"{key.Namespace}.{key.Name}";
        if (scope.View.Find(key) is not { } resource)
        {
            scope.Fail(EnvoyCodes.TlsSecretNotFound, $"SSL secret not found: {name}");
            return TlsParts.None;
        }

        var material = TlsMaterials.Of(resource);
        if (material.Error is { } error)
        {
            scope.Fail(EnvoyCodes.TlsSecretInvalid, $"secret {name}: {error}");
            return TlsParts.None;
        }

        CheckValidity(material, name, scope);
        if (material.StapleError is { } staple)
        {
            scope.Problems.Add(
                Problem.Warning(EnvoyCodes.TlsSecretInvalid, $"secret {name}: {staple}; it is left out"));
        }

        var parts = TlsParts.None;
        if (material.Certificate is not null)
        {
            parts |= TlsParts.Certificate | (material.HasStaple ? TlsParts.Staple : TlsParts.None);
            if (!without.HasFlag(TlsParts.Certificate)) Certificate(material, key, output, scope);
        }

        if (material.Authorities is null) return parts;
        if (!without.HasFlag(TlsParts.Authorities)) Authorities(material, key, altNames, output, scope);
        return parts | TlsParts.Authorities;
    }

    private static void Certificate(TlsMaterial material, ResourceKey key, CommonTlsContext output, TlsScope scope)
    {
        if (scope.IsInline)
        {
            output.TlsCertificates.Add(material.Certificate);
            return;
        }

        scope.Secrets.Add(material.CertificateSecret!, [key]);
        output.TlsCertificateSdsSecretConfigs.Add(Own(material.CertificateSecret!));
    }

    private static void Authorities(
        TlsMaterial material, ResourceKey key, IReadOnlyCollection<string> altNames, CommonTlsContext output,
        TlsScope scope)
    {
        if (scope.IsInline)
        {
            output.ValidationContext =
                WithNames(new CertificateValidationContext { TrustedCa = material.Authorities }, altNames);
            return;
        }

        scope.Secrets.Add(material.AuthoritiesSecret!, [key]);
        Authorities(Own(material.AuthoritiesSecret!), altNames, output);
    }

    // Paths are the proxy's; what is behind them is not known here.
    private static TlsParts Files(
        GlooV1.SSLFiles files, IReadOnlyCollection<string> altNames, TlsParts without, CommonTlsContext output,
        TlsScope scope)
    {
        if (files.TlsCert.Length == 0 != (files.TlsKey.Length == 0))
        {
            scope.Fail(EnvoyCodes.InvalidTls, "both or none of tlsCert and tlsKey must be provided");
            return TlsParts.None;
        }

        var parts = TlsParts.None;
        if (files.TlsCert.Length > 0)
        {
            parts |= TlsParts.Certificate;
            if (files.OcspStaple.Length > 0) parts |= TlsParts.Staple;
            if (!without.HasFlag(TlsParts.Certificate))
            {
                output.TlsCertificates.Add(new TlsCertificate
                {
                    CertificateChain = File(files.TlsCert),
                    PrivateKey = File(files.TlsKey),
                    OcspStaple = files.OcspStaple.Length > 0 ? File(files.OcspStaple) : null,
                });
            }
        }

        if (files.RootCa.Length == 0) return parts;
        if (!without.HasFlag(TlsParts.Authorities))
        {
            output.ValidationContext =
                WithNames(new CertificateValidationContext { TrustedCa = File(files.RootCa) }, altNames);
        }

        return parts | TlsParts.Authorities;
    }

    private static CertificateValidationContext WithNames(
        CertificateValidationContext context, IReadOnlyCollection<string> altNames)
    {
        foreach (var name in altNames)
            context.MatchSubjectAltNames.Add(new EnvoyMatcher.StringMatcher { Exact = name });
        return context;
    }

    private static void CheckValidity(TlsMaterial material, string name, TlsScope scope)
    {
        if (scope.Now is not { } now) return;
        foreach (var (what, from, to) in material.Validity)
        {
            if (now >= from && now <= to) continue;
            var when = now < from ? "is not valid before" : "expired on";
            scope.Problems.Add(Problem.Warning(
                EnvoyCodes.CertificateNotValidNow,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what} of secret {name} {when} {(now < from ? from : to).UtcDateTime:yyyy-MM-dd HH:mm:ss}Z")));
        }
    }

    // Served by Stagedoor on the stream that everything else comes by, so that a rotation touches nothing else.
    private static SdsSecretConfig Own(EncodedResource secret) => new()
    {
        Name = secret.Name,
        SdsConfig = new EnvoyCore.ConfigSource
        {
            Ads = new EnvoyCore.AggregatedConfigSource(),
            ResourceApiVersion = EnvoyCore.ApiVersion.V3,
        },
    };

    private static EnvoyCore.DataSource File(string path) => new() { Filename = path };
}
