namespace Stagedoor.Xds.Server.Security;

/// <summary>TLS of the xDS ports, from PEM files that are read again when they change.</summary>
/// <param name="CertificateFile">The server's certificate, then its intermediates.</param>
/// <param name="KeyFile">Its private key, not encrypted.</param>
public sealed record XdsTlsOptions(string CertificateFile, string KeyFile)
{
    /// <summary>
    /// The root certificates that issue clients' certificates; null: clients need none, and nobody is told apart.
    /// </summary>
    public string? ClientCaFile { get; init; }

    /// <summary>How often the files are looked at.</summary>
    public TimeSpan ReloadInterval { get; init; } = TimeSpan.FromSeconds(5);
}
