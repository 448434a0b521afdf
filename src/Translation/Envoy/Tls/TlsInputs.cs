using System.Text;
using Stagedoor.Api;
using Secret = Stagedoor.Api.Core.Secret;

namespace Stagedoor.Translation.Envoy;

/// <summary>The texts of a TLS secret, whichever form it has (envoy-translation 10.6).</summary>
/// <param name="Chain">Certificate chain, PEM.</param>
/// <param name="Key">Private key, PEM.</param>
/// <param name="RootCa">Certificate authorities, PEM.</param>
/// <param name="Staple">OCSP response, DER.</param>
internal sealed record TlsInputs(string Chain, string Key, string RootCa, ReadOnlyMemory<byte> Staple)
{
    private const string TlsType = "kubernetes.io/tls";
    private const string GlooKind = "resource_kind";

    /// <summary>The texts; null if the Secret is not of TLS kind.</summary>
    public static TlsInputs? Of(Resource resource)
    {
        if (resource.Body is not Secret secret) return null;
        if (secret.Type == TlsType)
        {
            return new TlsInputs(
                Text(secret, "tls.crt"), Text(secret, "tls.key"), Text(secret, "ca.crt"),
                secret.Data.GetValueOrDefault("tls.ocsp-staple"));
        }

        return secret.Data.TryGetValue("tls", out var yaml)
            && resource.Metadata.Annotations.GetValueOrDefault(GlooKind) == "*v1.Secret"
            ? OfGloo(Encoding.UTF8.GetString(yaml.Span))
            : null;
    }

    // Gloo's own form: the message as YAML under the name of its kind; read as a file of Gloo's own storage would be.
    private static TlsInputs? OfGloo(string yaml)
    {
        var text = "metadata: {name: inner, namespace: gloo-system}\ntls:\n  " + yaml.ReplaceLineEndings("\n  ");
        var read = DocumentReader.Read(text, "secrets/gloo-system/inner.yaml").Resources;
        return read is [{ Body: Secret { Type: TlsType } }] ? Of(read[0]) : null;
    }

    /// <summary>Shows nothing of it.</summary>
    public override string ToString() => nameof(TlsInputs);

    private static string Text(Secret secret, string key) =>
        secret.Data.TryGetValue(key, out var value) ? Encoding.UTF8.GetString(value.Span) : "";
}
