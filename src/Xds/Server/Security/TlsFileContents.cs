namespace Stagedoor.Xds.Server.Security;

/// <summary>What is in the TLS files at one time.</summary>
internal sealed record TlsFileContents(byte[] Certificate, byte[] Key, byte[]? ClientCa)
{
    private const int LargestFile = 1024 * 1024;

    /// <exception cref="TlsFilesException">A file cannot be read.</exception>
    public static TlsFileContents Read(XdsTlsOptions files) => new(
        Bytes(files.CertificateFile), Bytes(files.KeyFile),
        files.ClientCaFile is { } ca ? Bytes(ca) : null);

    public bool IsSameAs(TlsFileContents other) =>
        Certificate.AsSpan().SequenceEqual(other.Certificate) && Key.AsSpan().SequenceEqual(other.Key)
        && ClientCa.AsSpan().SequenceEqual(other.ClientCa);

    private static byte[] Bytes(string file)
    {
        try
        {
            if (new FileInfo(file).Length > LargestFile)
                throw new TlsFilesException($"{file}: larger than {LargestFile} bytes");
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TlsFilesException($"cannot read {file}: {e.Message}", e);
        }
    }
}
