using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Validate;

namespace Stagedoor.Translation.Validation;

/// <summary>The rules of one message type, compiled from its descriptor.</summary>
internal sealed class MessagePlan
{
    private readonly MessageDescriptor _descriptor;
    private readonly Lazy<FieldPlan[]> _fields;
    private readonly Lazy<OneofDescriptor[]> _requiredOneofs;
    private readonly Lazy<bool> _hasWork;

    public MessagePlan(MessageDescriptor descriptor)
    {
        _descriptor = descriptor;
        _fields = new Lazy<FieldPlan[]>(BuildFields);
        _requiredOneofs = new Lazy<OneofDescriptor[]>(BuildOneofs);
        _hasWork = new Lazy<bool>(() => Reaches(descriptor, []));
    }

    /// <summary>Whether this type, or any message below it, has a rule at all.</summary>
    public bool HasWork => _hasWork.Value;

    /// <summary>Checks one message and everything below it.</summary>
    public void Check(IMessage message, ValidationRun run)
    {
        if (run.Depth > MessageValidator.MaxDepth)
        {
            run.Report($"is nested deeper than {MessageValidator.MaxDepth} messages");
            return;
        }

        if (message is Any any)
        {
            AnyTypes.Check(any, run);
            return;
        }

        foreach (var oneof in _requiredOneofs.Value)
            if (oneof.Accessor.GetCaseFieldDescriptor(message) is null)
                run.Report(oneof.Name, "one of its fields must be set");
        foreach (var field in _fields.Value)
        {
            if (run.IsFull) return;
            field.Check(message, run);
        }
    }

    private bool IsDisabled
    {
        get
        {
            var options = _descriptor.GetOptions();
            return options is not null && options.GetExtension(ValidateExtensions.Disabled);
        }
    }

    private FieldPlan[] BuildFields() =>
        IsDisabled
            ? []
            : [.. _descriptor.Fields.InDeclarationOrder().Select(field => new FieldPlan(field))
                .Where(plan => plan.HasWork)];

    private OneofDescriptor[] BuildOneofs() =>
        IsDisabled
            ? []
            : [.. _descriptor.Oneofs.Where(oneof =>
                !oneof.IsSynthetic
                && oneof.GetOptions() is { } options
                && options.GetExtension(ValidateExtensions.Required))];

    // Types refer to each other in circles, so this walks descriptors instead of asking the plans below.
    private static bool Reaches(MessageDescriptor descriptor, HashSet<MessageDescriptor> seen)
    {
        if (!seen.Add(descriptor)) return false;
        if (descriptor.FullName == Any.Descriptor.FullName) return true;
        if (descriptor.Oneofs.Any(oneof =>
            oneof.GetOptions() is { } options && options.GetExtension(ValidateExtensions.Required)))
            return true;
        return descriptor.Fields.InDeclarationOrder().Any(field =>
            FieldPlan.RulesOf(field) is not null
            || (FieldPlan.ChildOf(field) is { } child && Reaches(child, seen)));
    }
}
