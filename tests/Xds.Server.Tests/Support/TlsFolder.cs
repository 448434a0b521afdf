using System.Security.Cryptography.X509Certificates;
using Stagedoor.Xds.Server.Security;

namespace Stagedoor.Xds.Server.Tests.Support;

/// <summary>The TLS files of a server in a folder of their own.</summary>
internal sealed class TlsFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stagedoor-tls-");

    public TlsFolder(X509Certificate2 server, params IEnumerable<string> clientCas)
    {
        Write(server);
        Write("ca.crt", string.Join('\n', clientCas));
    }

    public XdsTlsOptions Options => new(At("tls.crt"), At("tls.key")) { ClientCaFile = At("ca.crt") };

    public void Write(X509Certificate2 server)
    {
        Write("tls.crt", server.ExportCertificatePem());
        Write("tls.key", server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    public void Write(string name, string text) => File.WriteAllText(At(name), text);

    public string At(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
