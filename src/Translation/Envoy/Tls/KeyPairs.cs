using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Stagedoor.Translation.Envoy;

/// <summary>Whether a private key is one that Envoy loads and belongs to a certificate (envoy.md 6.3).</summary>
internal static class KeyPairs
{
    private const int LeastRsaBits = 2048;
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string Ec = "1.2.840.10045.2.1";
    private const string Ed25519 = "1.3.101.112";

    private static readonly string[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    /// <summary>Why the pair cannot be used; null if it can. No part of the key is in the answer.</summary>
    public static string? Problem(X509Certificate2 certificate, string key)
    {
        try
        {
            return certificate.PublicKey.Oid.Value switch
            {
                Rsa => OfRsa(certificate, key),
                Ec => OfEc(certificate, key),

                // .NET cannot compute with it; Envoy's own check of the pair remains.
                Ed25519 => null,
                _ => "the certificate's key is neither RSA nor EC nor Ed25519",
            };
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return "the private key cannot be read, or is of another kind than the certificate's";
        }
    }

    private static string? OfRsa(X509Certificate2 certificate, string key)
    {
        using var own = certificate.GetRSAPublicKey()!;
        if (own.KeySize < LeastRsaBits)
            return $"the certificate's RSA key has {own.KeySize} bits; Envoy wants at least {LeastRsaBits}";
        using var given = RSA.Create();
        given.ImportFromPem(key);
        var (left, right) = (own.ExportParameters(false), given.ExportParameters(false));
        return Same(left.Modulus, right.Modulus) && Same(left.Exponent, right.Exponent) ? null : Mismatch;
    }

    private static string? OfEc(X509Certificate2 certificate, string key)
    {
        using var own = certificate.GetECDsaPublicKey()!;
        var left = own.ExportParameters(false);
        if (!left.Curve.IsNamed || !Curves.Contains(left.Curve.Oid.Value))
            return "the certificate's key is on another curve than P-256, P-384 and P-521";
        using var given = ECDsa.Create();
        given.ImportFromPem(key);
        var right = given.ExportParameters(false);
        return Same(left.Q.X, right.Q.X) && Same(left.Q.Y, right.Q.Y) ? null : Mismatch;
    }

    private const string Mismatch =
        "the private key does not belong to the first certificate of the chain";

    private static bool Same(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);
}
