using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Stagedoor.Translation.Validation;

/// <summary>
/// Checks messages against the <c>validate.rules</c> of their protos (protoc-gen-validate), over every nested message
/// and every <c>Any</c> whose type is known. Envoy does the same before it looks at a resource (reference: envoy 6).
/// </summary>
public static class MessageValidator
{
    /// <summary>More violations than this are not collected.</summary>
    public const int MaxViolations = 16;

    /// <summary>Messages nested deeper are rejected: nothing that is translated comes near.</summary>
    public const int MaxDepth = 100;

    private static readonly ConcurrentDictionary<MessageDescriptor, MessagePlan> Plans = new();

    /// <summary>All violations of a message, empty if it is valid.</summary>
    public static IReadOnlyList<Violation> Validate(IMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var plan = PlanOf(message.Descriptor);
        if (!plan.HasWork) return [];
        var run = new ValidationRun();
        plan.Check(message, run);
        return run.Violations;
    }

    /// <summary>The compiled rules of a message type; cached for the life of the process.</summary>
    internal static MessagePlan PlanOf(MessageDescriptor descriptor) =>
        Plans.GetOrAdd(descriptor, static descriptor => new MessagePlan(descriptor));
}
