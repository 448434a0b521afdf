using Envoy.Config.Core.V3;
using Envoy.Extensions.TransportSockets.Tls.V3;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Xds.Acceptance.Backends;

namespace Stagedoor.Xds.Acceptance.Resources;

/// <summary>Secrets, and the transport sockets that refer to them.</summary>
internal static class TlsRecipes
{
    public static EncodedResource Certificate(string name, Credentials credentials) =>
        Certificate(name, credentials.CertificatePem, credentials.KeyPem);

    public static EncodedResource Certificate(string name, string chain, string key) => Encode(new Secret
    {
        Name = name,
        TlsCertificate = new TlsCertificate { CertificateChain = Inline(chain), PrivateKey = Inline(key) },
    });

    public static EncodedResource Trusted(string name, Authority authority) => Encode(new Secret
    {
        Name = name,
        ValidationContext = new CertificateValidationContext { TrustedCa = Inline(authority.CertificatePem) },
    });

    public static TransportSocket Upstream(string host, string certificate, string authority) => Socket(
        new UpstreamTlsContext
        {
            Sni = host,
            CommonTlsContext = new CommonTlsContext
            {
                TlsCertificateSdsSecretConfigs = { Sds(certificate) },
                ValidationContextSdsSecretConfig = Sds(authority),
            },
        });

    public static TransportSocket Downstream(string certificate) => Socket(new DownstreamTlsContext
    {
        CommonTlsContext = new CommonTlsContext { TlsCertificateSdsSecretConfigs = { Sds(certificate) } },
    });

    private static TransportSocket Socket(IMessage context) => new()
    {
        Name = "envoy.transport_sockets.tls",
        TypedConfig = Any.Pack(context),
    };

    private static SdsSecretConfig Sds(string name) => new() { Name = name, SdsConfig = Variants.Source() };

    private static DataSource Inline(string text) => new() { InlineString = text };

    private static EncodedResource Encode(Secret secret) =>
        EncodedResource.Encode(XdsType.Secret, secret.Name, secret, ResourceRefs.None);
}
