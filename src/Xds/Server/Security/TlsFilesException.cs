namespace Stagedoor.Xds.Server.Security;

/// <summary>The files of the server's TLS cannot be used (SD4014).</summary>
public sealed class TlsFilesException : Exception
{
    /// <inheritdoc/>
    public TlsFilesException()
    {
    }

    /// <inheritdoc/>
    public TlsFilesException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public TlsFilesException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
