using System.Security.Cryptography;
using System.Text;

namespace Stagedoor.Acceptance.Scripts;

/// <summary>A shell script that says it is Envoy 1.40.0, in each form in which one can be had.</summary>
internal static class FakeEnvoy
{
    public const string Version = "1.40.0";

    /// <summary>The script made by <c>xz -9</c>.</summary>
    public static readonly byte[] Archive = Convert.FromBase64String(
        "/Td6WFoAAATm1rRGAgAhARwAAAAQz1jMAQBBIyEvYmluL3NoCmVjaG8gImVudm95ICB2ZXJzaW9uOiAwLzEuNDAuMC9DbGVhbi9S"
        + "RUxFQVNFL0JvcmluZ1NTTCIKAAAAVGehU/EWdmEAAVpCSSAA+B+2830BAAAAAARZWg==");

    public static string Text(string version = Version) =>
        $"#!/bin/sh\necho \"envoy  version: 0/{version}/Clean/RELEASE/BoringSSL\"\n";

    public static byte[] Bytes => Encoding.UTF8.GetBytes(Text());

    public static string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Bytes));

    /// <summary>Writes an executable that says it is this version.</summary>
    public static string Install(string file, string version = Version)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Text(version));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }
}
