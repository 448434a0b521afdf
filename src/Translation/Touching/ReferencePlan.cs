using System.Collections;
using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Stagedoor.Translation.Touching;

/// <summary>
/// Finds the references in messages of one type, by shape: a pair of text fields <c>name</c> and <c>namespace</c>, also
/// with a common prefix. A feature that is added later is covered without being named here.
/// </summary>
internal sealed class ReferencePlan
{
    private const string Namespace = "namespace";

    private static readonly ConcurrentDictionary<MessageDescriptor, ReferencePlan> Known = [];

    private readonly List<(FieldDescriptor Namespace, FieldDescriptor Name)> _pairs = [];
    private readonly List<FieldDescriptor> _nested = [];
    private readonly FieldDescriptor? _consul;

    private ReferencePlan(MessageDescriptor message)
    {
        if (message == Solo.Core.Metadata.Descriptor) return;
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            if (field is { FieldType: FieldType.String, IsRepeated: false }
                && field.Name.EndsWith(Namespace, StringComparison.Ordinal)
                && message.FindFieldByName(field.Name[..^Namespace.Length] + "name") is
                { FieldType: FieldType.String, IsRepeated: false } name)
                _pairs.Add((field, name));
        }

        if (message == Solo.Gloo.ConsulServiceDestination.Descriptor)
            _consul = message.FindFieldByName("service_name");
    }

    private bool IsReference => _pairs.Count > 0 || _consul is not null;

    /// <summary>The plan for a type.</summary>
    public static ReferencePlan Of(MessageDescriptor message) => Known.GetOrAdd(message, static root => Make(root));

    /// <summary>Adds all references of a message.</summary>
    public void Collect(IMessage message, HashSet<ObjectName> names)
    {
        foreach (var (ns, name) in _pairs) Add(Text(ns, message), Text(name, message), names);
        if (_consul is not null) Consul(Text(_consul, message), names);
        foreach (var field in _nested)
        {
            if (!field.IsRepeated && field.HasPresence && !field.Accessor.HasValue(message)) continue;
            switch (field.Accessor.GetValue(message))
            {
                case IMessage one:
                    Of(one.Descriptor).Collect(one, names);
                    break;
                case IDictionary map:
                    foreach (var value in map.Values)
                        if (value is IMessage entry)
                            Of(entry.Descriptor).Collect(entry, names);
                    break;
                case IList list:
                    for (var i = 0; i < list.Count; i++)
                        if (list[i] is IMessage item)
                            Of(item.Descriptor).Collect(item, names);
                    break;
            }
        }
    }

    private static string Text(FieldDescriptor field, IMessage message) =>
        field.Accessor.GetValue(message) as string ?? "";

    private static void Add(string ns, string name, HashSet<ObjectName> names)
    {
        if (name.Length > 0) names.Add(new ObjectName(ns.Length == 0 ? ObjectName.AnyNamespace : ns, name));
    }

    // The Upstreams of Consul services are all in one namespace, with and without TLS (gateway-translation 3.5).
    private static void Consul(string service, HashSet<ObjectName> names)
    {
        names.Add(new ObjectName("gloo-system", $"consul-svc:{service}"));
        names.Add(new ObjectName("gloo-system", $"consul-svc:{service}-tls"));
    }

    // Only fields that can lead to a reference are ever looked at: few of the hundreds.
    private static ReferencePlan Make(MessageDescriptor root)
    {
        var plans = new Dictionary<MessageDescriptor, ReferencePlan>();
        var open = new Stack<MessageDescriptor>([root]);
        while (open.TryPop(out var message))
        {
            if (!plans.TryAdd(message, new ReferencePlan(message))) continue;
            foreach (var target in Targets(message)) open.Push(target.Message);
        }

        var leading = plans.Where(pair => pair.Value.IsReference).Select(pair => pair.Key).ToHashSet();
        int before;
        do
        {
            before = leading.Count;
            foreach (var message in plans.Keys)
                if (Targets(message).Any(target => leading.Contains(target.Message)))
                    leading.Add(message);
        }
        while (leading.Count > before);

        foreach (var (message, plan) in plans)
            plan._nested.AddRange(Targets(message).Where(t => leading.Contains(t.Message)).Select(t => t.Field));
        foreach (var (message, plan) in plans) Known.TryAdd(message, plan);
        return plans[root];
    }

    private static IEnumerable<(FieldDescriptor Field, MessageDescriptor Message)> Targets(MessageDescriptor message)
    {
        if (message == Solo.Core.Metadata.Descriptor) yield break;
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            if (field.FieldType != FieldType.Message) continue;
            var target = field.MessageType;
            if (field.IsMap)
            {
                var value = target.FindFieldByNumber(2);
                if (value.FieldType != FieldType.Message) continue;
                target = value.MessageType;
            }

            yield return (field, target);
        }
    }
}
