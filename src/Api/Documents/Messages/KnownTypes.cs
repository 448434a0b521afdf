using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Solo.Gateway;
using Solo.Gloo;

namespace Stagedoor.Api.Documents;

/// <summary>
/// The message types that an Any may hold without further registration: Gloo's own and the well-known ones.
/// </summary>
internal static class KnownTypes
{
    public static readonly TypeRegistry Registry = TypeRegistry.FromFiles(
        VirtualServiceReflection.Descriptor,
        GatewayReflection.Descriptor,
        ProxyReflection.Descriptor,
        UpstreamReflection.Descriptor,
        SettingsReflection.Descriptor,
        AnyReflection.Descriptor,
        DurationReflection.Descriptor,
        EmptyReflection.Descriptor,
        FieldMaskReflection.Descriptor,
        StructReflection.Descriptor,
        TimestampReflection.Descriptor,
        WrappersReflection.Descriptor);
}
