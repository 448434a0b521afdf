using System.Collections.Immutable;
using System.Text;
using Google.Protobuf;
using Solo.Gloo;
using Stagedoor.Api.Core;
using KindCase = Solo.Gloo.Secret.KindOneofCase;
using Secret = Stagedoor.Api.Core.Secret;

namespace Stagedoor.Api.Documents;

/// <summary>
/// Gloo's Secret and Artifact messages as the Kubernetes objects that Gloo's converters make them from
/// (envoy-translation 10.6, in reverse), so that translation knows one form only.
/// </summary>
internal static class GlooSecrets
{
    private const string KindAnnotation = "resource_kind";

    public static (Secret Secret, ObjectMetadata? Metadata) ToKubernetes(
        Solo.Gloo.Secret secret, ObjectMetadata? metadata)
    {
        if (secret.KindCase is KindCase.Azure or KindCase.Extensions)
            metadata = metadata is null
                ? null
                : metadata with { Annotations = metadata.Annotations.SetItem(KindAnnotation, "*v1.Secret") };
        return (Convert(secret), metadata);
    }

    public static ConfigMap ToKubernetes(Artifact artifact) =>
        new() { Data = artifact.Data.ToImmutableSortedDictionary(StringComparer.Ordinal) };

    private static Secret Convert(Solo.Gloo.Secret secret) => secret.KindCase switch
    {
        KindCase.Tls => Of(
            "kubernetes.io/tls",
            ("tls.crt", secret.Tls.CertChain), ("tls.key", secret.Tls.PrivateKey), ("ca.crt", secret.Tls.RootCa))
            .With("tls.ocsp-staple", secret.Tls.OcspStaple),
        KindCase.Aws => Of(
            "Opaque",
            ("aws_access_key_id", secret.Aws.AccessKey), ("aws_secret_access_key", secret.Aws.SecretKey),
            ("aws_session_token", secret.Aws.SessionToken)),
        KindCase.ApiKey => Of(
            "extauth.solo.io/apikey",
            [.. secret.ApiKey.Metadata.Select(pair => (pair.Key, pair.Value)), ("api-key", secret.ApiKey.ApiKey_)]),
        KindCase.Oauth => Of("extauth.solo.io/oauth", ("client-secret", secret.Oauth.ClientSecret)),
        KindCase.Credentials => Of(
            "extauth.solo.io/accountcredentials",
            ("username", secret.Credentials.Username), ("password", secret.Credentials.Password)),
        KindCase.Encryption => Of("gloo.solo.io.EncryptionKeySecret", ("key", secret.Encryption.Key)),
        KindCase.Header => Of(
            "gloo.solo.io/header", [.. secret.Header.Headers.Select(pair => (pair.Key, pair.Value))]),
        KindCase.Azure => Of("Opaque", ("azure", JsonFormatter.Default.Format(secret.Azure))),
        KindCase.Extensions => Of("Opaque", ("extensions", JsonFormatter.Default.Format(secret.Extensions))),
        _ => new Secret(),
    };

    private static Secret Of(string type, params ReadOnlySpan<(string Key, string Value)> data)
    {
        var secret = new Secret { Type = type };
        foreach (var (key, value) in data)
            if (value.Length > 0)
                secret = secret with { Data = secret.Data.SetItem(key, Encoding.UTF8.GetBytes(value)) };
        return secret;
    }

    private static Secret With(this Secret secret, string key, ByteString value) =>
        value.IsEmpty ? secret : secret with { Data = secret.Data.SetItem(key, value.Memory) };
}
