using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Stagedoor.Translation.Envoy;

/// <summary>Reads the PEM blocks of certificates and keys.</summary>
internal static class PemText
{
    // No real chain or bundle comes near it.
    private const int MostCertificates = 1000;

    /// <summary>
    /// The certificates of a text, everything around them left out. The error says what is wrong; it never shows the
    /// text.
    /// </summary>
    public static IReadOnlyList<X509Certificate2> Certificates(string text, string what, out string? error)
    {
        var certificates = new List<X509Certificate2>();
        error = null;
        foreach (var (label, data) in Blocks(text))
        {
            if (label is not ("CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE")) continue;
            if (certificates.Count == MostCertificates)
            {
                error = $"{what} holds more than {MostCertificates} certificates";
                break;
            }

            if (!TryLoad(data, out var certificate))
            {
                error = $"certificate {certificates.Count + 1} of {what} cannot be read";
                break;
            }

            certificates.Add(certificate);
        }

        if (error is null && certificates.Count == 0) error = $"{what} holds no PEM certificate";
        return certificates;
    }

    /// <summary>The certificates as PEM again.</summary>
    public static string Write(IEnumerable<X509Certificate2> certificates)
    {
        var text = new StringBuilder();
        foreach (var certificate in certificates)
            text.Append(PemEncoding.Write("CERTIFICATE", certificate.RawData)).Append('\n');
        return text.ToString();
    }

    /// <summary>The first private key of a text as a PEM block of its own; null if there is none.</summary>
    public static string? PrivateKey(string text)
    {
        foreach (var (label, data) in Blocks(text))
            if (label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
                return new string(PemEncoding.Write(label, data)) + "\n";
        return null;
    }

    /// <summary>Whether a private key needs a password, which nobody can give.</summary>
    public static bool IsEncrypted(string text) =>
        text.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal)
        || text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal);

    private static IEnumerable<(string Label, byte[] Data)> Blocks(string text)
    {
        var rest = text;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            yield return (rest[fields.Label], Convert.FromBase64String(rest[fields.Base64Data]));
            rest = rest[fields.Location.End..];
        }
    }

    private static bool TryLoad(byte[] data, [NotNullWhen(true)] out X509Certificate2? certificate)
    {
        try
        {
            certificate = X509CertificateLoader.LoadCertificate(data);
            return true;
        }
        catch (CryptographicException)
        {
            certificate = null;
            return false;
        }
    }
}
