using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Stagedoor.Xds.Server.Tests.Support;

/// <summary>A certificate authority for one test.</summary>
internal sealed class TestCa : IDisposable
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.UtcNow.AddDays(-1);

    private readonly X509Certificate2 _root;

    public TestCa(string name = "test")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name} CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(Begin, DateTimeOffset.UtcNow.AddDays(2));
    }

    /// <summary>The root in PEM form.</summary>
    public string Pem => _root.ExportCertificatePem();

    /// <summary>A certificate with these URI (with <c>://</c>) and DNS names.</summary>
    public X509Certificate2 Issue(params string[] names) => Issue(DateTimeOffset.UtcNow.AddDays(1), names);

    public X509Certificate2 Issue(DateTimeOffset end, params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        if (names.Length > 0)
        {
            var san = new SubjectAlternativeNameBuilder();
            foreach (var name in names)
            {
                if (name.Contains("://", StringComparison.Ordinal)) san.AddUri(new Uri(name));
                else san.AddDnsName(name);
            }

            request.CertificateExtensions.Add(san.Build());
        }

        var serial = RandomNumberGenerator.GetBytes(8);
        using var certificate = request.Create(_root, Begin, end, serial);
        return certificate.CopyWithPrivateKey(key);
    }

    public void Dispose() => _root.Dispose();
}
