using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Xds.EnvoyApi;

namespace Stagedoor.Translation.Validation;

/// <summary>
/// The message types met in <c>Any</c>s. What the translator packs is registered as it is packed, so that the registry
/// of all of Envoy's types, which takes a second to build, is needed only for configuration that users give as
/// <c>Any</c>.
/// </summary>
internal static class AnyTypes
{
    private const string Prefix = "type.googleapis.com/";

    private static readonly ConcurrentDictionary<string, MessageDescriptor> Known = new(StringComparer.Ordinal);

    /// <summary>Packs a message and remembers its type.</summary>
    public static Any Pack(IMessage message)
    {
        var url = Prefix + message.Descriptor.FullName;
        Known.TryAdd(url, message.Descriptor);
        return new Any { TypeUrl = url, Value = message.ToByteString() };
    }

    /// <summary>The type that an <c>Any</c> holds, or null if it is none of Envoy's.</summary>
    public static MessageDescriptor? Find(string typeUrl)
    {
        if (Known.TryGetValue(typeUrl, out var descriptor)) return descriptor;
        descriptor = EnvoyTypes.Registry.Find(typeUrl[(typeUrl.LastIndexOf('/') + 1)..]);
        if (descriptor is not null) Known.TryAdd(typeUrl, descriptor);
        return descriptor;
    }

    /// <summary>
    /// Checks what an <c>Any</c> holds; content that does not parse is a violation, an unknown type is not.
    /// </summary>
    public static void Check(Any any, ValidationRun run)
    {
        if (any.TypeUrl.Length == 0)
        {
            run.Report("has no type");
            return;
        }

        if (Find(any.TypeUrl) is not { } descriptor) return;
        var plan = MessageValidator.PlanOf(descriptor);
        if (!plan.HasWork) return;
        try
        {
            plan.Check(descriptor.Parser.ParseFrom(any.Value), run);
        }
        catch (InvalidProtocolBufferException)
        {
            run.Report($"is not a {descriptor.FullName}");
        }
    }
}
