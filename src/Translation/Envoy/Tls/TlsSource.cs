namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Where certificates come from: the part that both directions have in common (envoy-translation 10.1).
/// </summary>
/// <param name="Secret">A Secret.</param>
/// <param name="Files">Files on the proxy's machine.</param>
/// <param name="Sds">Another SDS server.</param>
internal sealed record TlsSource(Solo.Core.ResourceRef? Secret, GlooV1.SSLFiles? Files, GlooV1.SDSConfig? Sds)
{
    /// <summary>The source of a listener's TLS.</summary>
    public static TlsSource Of(GlooV1.SslConfig config) => new(config.SecretRef, config.SslFiles, config.Sds);

    /// <summary>The source of an Upstream's TLS.</summary>
    public static TlsSource Of(GlooV1.UpstreamSslConfig config) => new(config.SecretRef, config.SslFiles, config.Sds);

    /// <summary>Whether nothing is said.</summary>
    public bool IsNone => Secret is null && Files is null && Sds is null;
}
