using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Stagedoor.Actors;
using Stagedoor.Watchers;

namespace Stagedoor.Host.Serving;

/// <summary>
/// The key ring for secrets at rest (rule I8, design 5): ASP.NET Core Data Protection in a private directory. A lost
/// key means that a secret is waited for, never a crash.
/// </summary>
internal sealed class KeyRing : IHeldProtector, IBodyProtector
{
    private readonly IDataProtector _protector;

    /// <summary>Opens the ring; the first key is made when it is needed.</summary>
    public KeyRing(string directory)
    {
        PrivateDirectory.Create(directory);
        _protector = DataProtectionProvider
            .Create(new DirectoryInfo(directory), builder => builder.SetApplicationName("stagedoor"))
            .CreateProtector("stagedoor.at-rest.v1");
    }

    /// <inheritdoc cref="IHeldProtector.Protect"/>
    public byte[] Protect(byte[] plain) => _protector.Protect(plain);

    /// <inheritdoc cref="IHeldProtector.Unprotect"/>
    public byte[]? Unprotect(byte[] cipher)
    {
        try
        {
            return _protector.Unprotect(cipher);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
