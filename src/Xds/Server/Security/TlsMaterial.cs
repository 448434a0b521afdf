using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Stagedoor.Xds.Server.Security;

/// <summary>One state of the TLS files, checked and ready for handshakes.</summary>
internal sealed class TlsMaterial
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly SslStreamCertificateContext _server;
    private readonly X509Certificate2Collection? _clientCas;

    private TlsMaterial(SslStreamCertificateContext server, X509Certificate2Collection? clientCas)
    {
        (_server, _clientCas) = (server, clientCas);
    }

    /// <summary>When the server's certificate ends.</summary>
    public DateTimeOffset Expires => _server.TargetCertificate.NotAfter;

    /// <summary>Checks and takes over the content of the files.</summary>
    /// <exception cref="TlsFilesException">Something is wrong with it; the message names the file, not the content.
    /// </exception>
    public static TlsMaterial Read(XdsTlsOptions files, TlsFileContents contents, DateTimeOffset now)
    {
        var chain = Certificates(files.CertificateFile, contents.Certificate);
        var leaf = Leaf(files, contents);
        if (leaf.NotAfter <= now)
            throw new TlsFilesException($"{files.CertificateFile}: the certificate ended at {leaf.NotAfter:u}");
        chain.RemoveAt(0);
        var cas = contents.ClientCa is { } ca ? Certificates(files.ClientCaFile!, ca) : null;
        return new TlsMaterial(SslStreamCertificateContext.Create(leaf, chain, offline: true), cas);
    }

    /// <summary>What the next handshake is made with.</summary>
    public SslServerAuthenticationOptions Handshake(IEnumerable<SslApplicationProtocol> protocols) => new()
    {
        ServerCertificateContext = _server,
        ApplicationProtocols = [.. protocols],
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateRequired = _clientCas is not null,
        CertificateChainPolicy = _clientCas is null ? null : ClientPolicy(_clientCas),
        RemoteCertificateValidationCallback = (_, _, _, errors) =>
            _clientCas is null || errors == SslPolicyErrors.None,
        // A resumed session would carry a client past a certificate authority that was taken away.
        AllowTlsResume = false,
    };

    private static X509ChainPolicy ClientPolicy(X509Certificate2Collection cas)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            ApplicationPolicy = { new Oid(ClientAuthentication) },
        };
        policy.CustomTrustStore.AddRange(cas);
        return policy;
    }

    private static X509Certificate2 Leaf(XdsTlsOptions files, TlsFileContents contents)
    {
        try
        {
            return X509Certificate2.CreateFromPem(Text(contents.Certificate), Text(contents.Key));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new TlsFilesException(
                $"{files.KeyFile}: no private key of the certificate in {files.CertificateFile}", e);
        }
    }

    private static X509Certificate2Collection Certificates(string file, byte[] content)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Text(content));
        }
        catch (CryptographicException e)
        {
            throw new TlsFilesException($"{file}: not certificates in PEM form", e);
        }

        return certificates.Count > 0
            ? certificates
            : throw new TlsFilesException($"{file}: no certificate in PEM form");
    }

    private static string Text(byte[] content) => Encoding.UTF8.GetString(content);
}
