using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Validate;

namespace Stagedoor.Translation.Validation;

/// <summary>The rules of one field: for its presence, its value or elements, and the messages in it.</summary>
internal sealed class FieldPlan
{
    private readonly FieldDescriptor _field;
    private readonly string _name;
    private readonly FieldRules? _rules;
    private readonly ValueCheck? _value;
    private readonly ValueCheck? _key;
    private readonly MessagePlan? _child;
    private readonly bool _isMessage;
    private readonly bool _isWrapper;
    private readonly bool _isRequired;

    public FieldPlan(FieldDescriptor field)
    {
        _field = field;
        _name = field.Name;
        _rules = RulesOf(field);
        var element = field.IsMap ? field.MessageType.FindFieldByNumber(2) : field;
        var elementRules = field.IsMap ? _rules?.Map?.Values : field.IsRepeated ? _rules?.Repeated?.Items : _rules;
        _isMessage = element.FieldType is FieldType.Message or FieldType.Group;
        _isWrapper = _isMessage && element.MessageType.File.Name == "google/protobuf/wrappers.proto";
        _value = ValueChecks.Compile(element, elementRules, _isWrapper);
        _key = field.IsMap
            ? ValueChecks.Compile(field.MessageType.FindFieldByNumber(1), _rules?.Map?.Keys, false)
            : null;
        var skips = elementRules?.Message is { Skip: true };
        var child = _isMessage && !_isWrapper && !skips ? MessageValidator.PlanOf(element.MessageType) : null;
        _child = child;
        _isRequired = !field.IsMap && !field.IsRepeated
            && (_rules?.Message is { Required: true } || _rules?.Any is { Required: true }
                || _rules?.Duration is { Required: true } || _rules?.Timestamp is { Required: true });
    }

    /// <summary>Whether checking this field can ever find anything.</summary>
    public bool HasWork => _rules is not null || _child is { HasWork: true };

    /// <summary>The rules written at a field, or null.</summary>
    public static FieldRules? RulesOf(FieldDescriptor field) =>
        field.GetOptions() is { } options && options.HasExtension(ValidateExtensions.Rules)
            ? options.GetExtension(ValidateExtensions.Rules)
            : null;

    /// <summary>The message type of a field, its elements or its map values; null for scalars.</summary>
    public static MessageDescriptor? ChildOf(FieldDescriptor field)
    {
        var element = field.IsMap ? field.MessageType.FindFieldByNumber(2) : field;
        return element.FieldType is FieldType.Message or FieldType.Group ? element.MessageType : null;
    }

    /// <summary>Checks the field of one message.</summary>
    public void Check(IMessage message, ValidationRun run)
    {
        if (_field.IsMap) CheckMap((IDictionary)_field.Accessor.GetValue(message), run);
        else if (_field.IsRepeated) CheckList((IList)_field.Accessor.GetValue(message), run);
        else CheckSingle(message, run);
    }

    private void CheckSingle(IMessage message, ValidationRun run)
    {
        if (_field.RealContainingOneof is { } oneof)
        {
            // A rule on a member of a oneof, `required` included, counts only while that member is set.
            if (oneof.Accessor.GetCaseFieldDescriptor(message) != _field) return;
        }
        else if (_field.HasPresence && !_isMessage && !_field.Accessor.HasValue(message))
        {
            return;
        }

        var value = _field.Accessor.GetValue(message);
        if (_isMessage && value is null)
        {
            if (_isRequired) run.Report(_name, "is required");
            return;
        }

        if (_value?.Invoke(value!) is { } problem) run.Report(_name, problem);
        if (_child is not { HasWork: true }) return;
        run.Push(_name);
        _child.Check((IMessage)value!, run);
        run.Pop();
    }

    private void CheckList(IList list, ValidationRun run)
    {
        if (_rules?.Repeated is { } rules && !(rules.IgnoreEmpty && list.Count == 0))
        {
            if (rules.HasMinItems && (ulong)list.Count < rules.MinItems)
                run.Report(_name, $"must have at least {rules.MinItems} elements");
            if (rules.HasMaxItems && (ulong)list.Count > rules.MaxItems)
                run.Report(_name, $"must have at most {rules.MaxItems} elements");
            if (rules.Unique && HasDuplicate(list)) run.Report(_name, "must not hold an element twice");
        }

        if (_value is null && _child is not { HasWork: true }) return;
        for (var i = 0; i < list.Count && !run.IsFull; i++)
        {
            if (_value?.Invoke(list[i]!) is { } problem) run.Report(_name, problem, i);
            if (_child is not { HasWork: true }) continue;
            run.Push(_name, i);
            _child.Check((IMessage)list[i]!, run);
            run.Pop();
        }
    }

    private void CheckMap(IDictionary map, ValidationRun run)
    {
        if (_rules?.Map is { } rules && !(rules.IgnoreEmpty && map.Count == 0))
        {
            if (rules.HasMinPairs && (ulong)map.Count < rules.MinPairs)
                run.Report(_name, $"must have at least {rules.MinPairs} entries");
            if (rules.HasMaxPairs && (ulong)map.Count > rules.MaxPairs)
                run.Report(_name, $"must have at most {rules.MaxPairs} entries");
        }

        if (_value is null && _key is null && _child is not { HasWork: true }) return;
        foreach (DictionaryEntry entry in map)
        {
            if (run.IsFull) return;
            var key = Convert.ToString(entry.Key, System.Globalization.CultureInfo.InvariantCulture)!;
            if (_key?.Invoke(entry.Key) is { } keyProblem) run.Report(_name, "key " + keyProblem, key: key);
            if (_value?.Invoke(entry.Value!) is { } problem) run.Report(_name, problem, key: key);
            if (_child is not { HasWork: true }) continue;
            run.Push(_name, key: key);
            _child.Check((IMessage)entry.Value!, run);
            run.Pop();
        }
    }

    private static bool HasDuplicate(IList list)
    {
        var seen = new HashSet<object>();
        foreach (var element in list)
            if (!seen.Add(element!))
                return true;
        return false;
    }
}
