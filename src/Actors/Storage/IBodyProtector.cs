namespace Stagedoor.Actors.Storage;

/// <summary>Encrypts the bodies of secrets at rest (rule I8). Implemented by the host over its key ring.</summary>
public interface IBodyProtector
{
    /// <summary>Encrypts.</summary>
    byte[] Protect(byte[] plain);

    /// <summary>Decrypts; null if the key ring lacks the key: the secret is then waited for, never a crash.</summary>
    byte[]? Unprotect(byte[] cipher);
}
