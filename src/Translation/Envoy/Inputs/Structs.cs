using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Structs and metadata in key order: Google.Protobuf writes maps in the order in which they were filled.
/// </summary>
internal static class Structs
{
    /// <summary>A copy with all keys in ordinal order, at every depth.</summary>
    public static Struct Sorted(Struct input)
    {
        var output = new Struct();
        foreach (var (key, value) in input.Fields.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            output.Fields.Add(key, Sorted(value));
        return output;
    }

    /// <summary>Metadata with these entries.</summary>
    public static EnvoyCore.Metadata Metadata(SortedDictionary<string, Struct> entries)
    {
        var metadata = new EnvoyCore.Metadata();
        foreach (var (key, value) in entries) metadata.FilterMetadata.Add(key, value);
        return metadata;
    }

    private static Value Sorted(Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.StructValue:
                return Value.ForStruct(Sorted(value.StructValue));
            case Value.KindOneofCase.ListValue:
                return Value.ForList([.. value.ListValue.Values.Select(Sorted)]);
            case Value.KindOneofCase.None:
                return Value.ForNull();
            default:
                return value;
        }
    }
}
