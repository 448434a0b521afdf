namespace Stagedoor.Actors;

/// <summary>
/// Encrypts what holds secrets at rest (rule I8). Implemented by the host over its key ring. Thread-safe.
/// </summary>
public interface IBodyProtector
{
    /// <summary>Encrypts.</summary>
    byte[] Protect(byte[] plain);

    /// <summary>
    /// Decrypts; null if the key ring lacks the key or the bytes are damaged: the content is then waited for. Never
    /// throws.
    /// </summary>
    byte[]? Unprotect(byte[] cipher);
}
