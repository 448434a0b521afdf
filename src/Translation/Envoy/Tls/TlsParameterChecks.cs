using System.Collections.Frozen;
using Envoy.Extensions.TransportSockets.Tls.V3;
using Google.Protobuf.Collections;
using Version = Envoy.Extensions.TransportSockets.Tls.V3.TlsParameters.Types.TlsProtocol;

namespace Stagedoor.Translation.Envoy;

/// <summary>Versions, ciphers and curves (envoy-translation 10.2), those alone that BoringSSL knows.</summary>
internal static class TlsParameterChecks
{
    private static readonly FrozenSet<string> Ciphers = new[]
    {
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
        "ECDHE-PSK-CHACHA20-POLY1305", "ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-PSK-AES128-CBC-SHA",
        "ECDHE-ECDSA-AES256-SHA", "ECDHE-RSA-AES256-SHA", "ECDHE-PSK-AES256-CBC-SHA", "AES128-GCM-SHA256",
        "AES256-GCM-SHA384", "AES128-SHA", "AES256-SHA", "PSK-AES128-CBC-SHA", "PSK-AES256-CBC-SHA",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Curves = new[]
    {
        "X25519", "P-256", "P-384", "P-521", "X25519MLKEM768",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The parameters; null if there are none, so that Envoy's defaults apply.</summary>
    public static TlsParameters? Of(GlooV1.SslParameters? input, TlsScope scope)
    {
        if (input is null) return null;
        if (input.MaximumProtocolVersion != GlooV1.SslParameters.Types.ProtocolVersion.TlsAuto
            && input.MinimumProtocolVersion > input.MaximumProtocolVersion)
            scope.Fail(EnvoyCodes.InvalidTls, "minimumProtocolVersion is above maximumProtocolVersion");
        var output = new TlsParameters
        {
            TlsMinimumProtocolVersion = (Version)(int)input.MinimumProtocolVersion,
            TlsMaximumProtocolVersion = (Version)(int)input.MaximumProtocolVersion,
        };
        Known(input.CipherSuites, output.CipherSuites, IsCipher, "cipher suite", scope);
        Known(input.EcdhCurves, output.EcdhCurves, Curves.Contains, "ECDH curve", scope);
        return output;
    }

    private static void Known(
        RepeatedField<string> names, RepeatedField<string> output, Func<string, bool> isKnown, string what,
        TlsScope scope)
    {
        foreach (var name in names)
        {
            if (isKnown(name)) output.Add(name);
            else
            {
                scope.Problems.Add(Problem.Error(
                    EnvoyCodes.InvalidOption, $"Envoy knows no {what} '{name}'; it is left out"));
            }
        }

        // Envoy's default would be wider than what was asked for.
        if (names.Count > 0 && output.Count == 0)
            scope.Fail(EnvoyCodes.InvalidTls, $"Envoy knows none of the {what}s that are listed");
    }

    // "[A|B]" are of equal preference.
    private static bool IsCipher(string text) => text.StartsWith('[') && text.EndsWith(']')
        ? text[1..^1].Split('|').All(Ciphers.Contains)
        : Ciphers.Contains(text);
}
