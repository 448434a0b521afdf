using Envoy.Admin.V3;
using Envoy.Config.Core.V3;
using Envoy.Service.Status.V3;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.ClientStatus;

/// <summary>
/// Writes what is known of a client as CSDS says it. Resources are named, never shown: they may hold keys (rule I8).
/// The version of a secret is its generation alone, since the other half is a hash of it.
/// </summary>
internal static class ClientConfigs
{
    public static ClientConfig Of(NodeIdentity node) => new()
    {
        Node = new Node
        {
            Id = node.Id,
            Cluster = node.Cluster,
            UserAgentName = node.UserAgent,
            Metadata = node.Role is null
                ? null
                : new Struct { Fields = { ["role"] = Value.ForString(node.Role) } },
        },
    };

    public static ClientConfig.Types.GenericXdsConfig Of(ResourceStatus status)
    {
        var type = status.Resource.Resource.Type;
        var version = type == XdsType.Secret ? status.Resource.Since.ToString() : status.Resource.Version;
        return new ClientConfig.Types.GenericXdsConfig
        {
            TypeUrl = type.TypeUrl(),
            Name = status.Resource.Name,
            VersionInfo = version,
            ConfigStatus = status.State switch
            {
                DeliveryState.NotSent => ConfigStatus.NotSent,
                DeliveryState.Sent => ConfigStatus.Stale,
                DeliveryState.Accepted => ConfigStatus.Synced,
                _ => ConfigStatus.Error,
            },
            ErrorState = status.Rejection is not { } rejection ? null : new UpdateFailureState
            {
                Details = rejection.Message,
                LastUpdateAttempt = Timestamp.FromDateTimeOffset(rejection.At),
                VersionInfo = version,
            },
        };
    }
}
