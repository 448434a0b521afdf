using System.Globalization;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace Stagedoor.Api.Contracts.Tests;

/// <summary>The facts of the compiled contract, in the rows of contract.tsv.</summary>
internal static class CompiledContract
{
    private static readonly Assembly Contracts = typeof(Solo.Gloo.Proxy).Assembly;

    public static IEnumerable<FileDescriptor> Files() =>
        Contracts.GetTypes()
            .Where(type => type is { IsAbstract: true, IsSealed: true })
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(FileDescriptor))
            .Select(property => (FileDescriptor)property!.GetValue(null)!);

    public static IEnumerable<string> Rows() =>
        Files().SelectMany(file => file.MessageTypes.SelectMany(Rows)
            .Concat(file.EnumTypes.SelectMany(Rows))
            .Concat(file.Services.SelectMany(Rows)));

    private static IEnumerable<string> Rows(MessageDescriptor message)
    {
        // A map field has a hidden nested message; the field's own row tells the same.
        if (message.GetOptions()?.MapEntry == true)
            return [];
        return message.Fields.InDeclarationOrder().Select(Row)
            .Prepend(Row("message", message.FullName))
            .Concat(message.NestedTypes.SelectMany(Rows))
            .Concat(message.EnumTypes.SelectMany(Rows));
    }

    private static IEnumerable<string> Rows(EnumDescriptor type) =>
        type.Values.Select(value => Row("value", type.FullName, Text(value.Number), value.Name))
            .Prepend(Row("enum", type.FullName));

    private static IEnumerable<string> Rows(ServiceDescriptor service) =>
        service.Methods
            .Select(method => Row(
                "method", service.FullName, method.Name,
                method.InputType.FullName, method.IsClientStreaming ? "stream" : "-",
                method.OutputType.FullName, method.IsServerStreaming ? "stream" : "-"))
            .Prepend(Row("service", service.FullName));

    private static string Row(FieldDescriptor field)
    {
        var (label, type) = field switch
        {
            { IsMap: true } => ("map", $"{Type(field.MessageType.FindFieldByNumber(1))}:"
                + Type(field.MessageType.FindFieldByNumber(2))),
            { IsRepeated: true } => ("repeated", Type(field)),
            // Explicit presence outside a oneof would be `optional`, which the contract does not use.
            { RealContainingOneof: null, ContainingOneof: not null } => ("optional", Type(field)),
            _ => ("singular", Type(field)),
        };
        return Row(
            "field", field.ContainingType.FullName, Text(field.FieldNumber), field.Name, field.JsonName, label, type,
            field.RealContainingOneof?.Name ?? "-", field.GetOptions()?.Deprecated == true ? "deprecated" : "-");
    }

    private static string Type(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        _ => field.ToProto().Type.ToString().ToLowerInvariant(),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Row(params string[] cells) => string.Join('\t', cells);
}
