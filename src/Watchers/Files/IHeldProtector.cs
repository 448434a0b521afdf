namespace Stagedoor.Watchers;

/// <summary>Encrypts texts at rest (rule I8); the host implements it with its key ring.</summary>
public interface IHeldProtector
{
    /// <summary>Encrypts.</summary>
    byte[] Protect(byte[] plain);

    /// <summary>Decrypts; null if the key is lost or the bytes are damaged.</summary>
    byte[]? Unprotect(byte[] cipher);
}
