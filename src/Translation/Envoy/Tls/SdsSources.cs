using Envoy.Config.GrpcCredential.V3;
using Envoy.Extensions.TransportSockets.Tls.V3;
using Stagedoor.Translation.Validation;
using GoogleGrpc = Envoy.Config.Core.V3.GrpcService.Types.GoogleGrpc;

namespace Stagedoor.Translation.Envoy;

/// <summary>Certificates from an SDS server other than Stagedoor (envoy-translation 10.4).</summary>
internal static class SdsSources
{
    private const string DefaultCluster = "gateway_proxy_sds";

    public static TlsParts Apply(
        GlooV1.SDSConfig sds, IReadOnlyCollection<string> altNames, TlsParts without, CommonTlsContext output,
        TlsScope scope)
    {
        var parts = TlsParts.None;
        if (sds.CertificatesSecretName.Length > 0)
        {
            parts |= TlsParts.Certificate | TlsParts.Staple;
            if (!without.HasFlag(TlsParts.Certificate))
                output.TlsCertificateSdsSecretConfigs.Add(Config(sds, sds.CertificatesSecretName));
        }

        if (sds.ValidationContextName.Length > 0)
        {
            parts |= TlsParts.Authorities;
            if (!without.HasFlag(TlsParts.Authorities))
                TlsSources.Authorities(Config(sds, sds.ValidationContextName), altNames, output);
        }

        if (parts == TlsParts.None)
        {
            scope.Fail(
                EnvoyCodes.InvalidTls,
                "at least one of certificatesSecretName or validationContextName must be provided in sds");
        }

        if (sds.CallCredentials is not null && sds.TargetUri.Length == 0)
            scope.Fail(EnvoyCodes.InvalidTls, "sds.targetUri is needed beside callCredentials");
        return parts;
    }

    private static SdsSecretConfig Config(GlooV1.SDSConfig sds, string name) => new()
    {
        Name = name,
        SdsConfig = new EnvoyCore.ConfigSource
        {
            ResourceApiVersion = EnvoyCore.ApiVersion.V3,
            ApiConfigSource = new EnvoyCore.ApiConfigSource
            {
                ApiType = EnvoyCore.ApiConfigSource.Types.ApiType.Grpc,
                TransportApiVersion = EnvoyCore.ApiVersion.V3,
                GrpcServices = { Service(sds, name) },
            },
        },
    };

    private static EnvoyCore.GrpcService Service(GlooV1.SDSConfig sds, string name)
    {
        if (sds.CallCredentials?.FileCredentialSource is { } credentials)
            return new EnvoyCore.GrpcService { GoogleGrpc = WithToken(sds.TargetUri, credentials) };
        if (sds.ClusterName.Length == 0 && sds.TargetUri.Length > 0)
        {
            return new EnvoyCore.GrpcService
            {
                GoogleGrpc = new GoogleGrpc { TargetUri = sds.TargetUri, StatPrefix = name },
            };
        }

        return new EnvoyCore.GrpcService
        {
            EnvoyGrpc = new EnvoyCore.GrpcService.Types.EnvoyGrpc
            {
                ClusterName = sds.ClusterName.Length > 0 ? sds.ClusterName : DefaultCluster,
            },
        };
    }

    private static GoogleGrpc WithToken(
        string uri, GlooV1.CallCredentials.Types.FileCredentialSource credentials) => new()
        {
            TargetUri = uri,
            StatPrefix = "sds",
            ChannelCredentials = new GoogleGrpc.Types.ChannelCredentials
            {
                LocalCredentials = new GoogleGrpc.Types.GoogleLocalCredentials(),
            },
            CredentialsFactoryName = "envoy.grpc_credentials.file_based_metadata",
            CallCredentials =
            {
                new GoogleGrpc.Types.CallCredentials
                {
                    FromPlugin = new GoogleGrpc.Types.CallCredentials.Types.MetadataCredentialsFromPlugin
                    {
                        Name = "envoy.grpc_credentials.file_based_metadata",
                        TypedConfig = AnyTypes.Pack(new FileBasedMetadataConfig
                        {
                            SecretData = new EnvoyCore.DataSource { Filename = credentials.TokenFileName },
                            HeaderKey = credentials.Header,
                        }),
                    },
                },
            },
        };
}
