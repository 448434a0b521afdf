using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf;

namespace Stagedoor.Tools.Tests.Services;

/// <summary>Messages of the contract as JSON, to and from protobuf's wire format.</summary>
internal static class ContractCodec
{
    internal static byte[] Encode(string message, JsonObject value)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            foreach (var (name, member) in value)
            {
                var field = Contract.Instance.Fields(message)!.Single(field => field.Json == name);
                if (field.Label == "repeated")
                {
                    foreach (var item in member!.AsArray()) Write(output, field.Number, field.Type, item!);
                }
                else if (field.Label == "map")
                {
                    foreach (var (key, item) in member!.AsObject()) WriteEntry(output, field, key, item!);
                }
                else
                {
                    Write(output, field.Number, field.Type, member!);
                }
            }
        }

        return bytes.ToArray();
    }

    internal static JsonObject Decode(string message, byte[] bytes)
    {
        var result = new JsonObject();
        var input = new CodedInputStream(bytes);
        while (input.ReadTag() is var tag and not 0)
        {
            var number = WireFormat.GetTagFieldNumber(tag);
            var field = Contract.Instance.Fields(message)!.FirstOrDefault(field => field.Number == number)
                ?? throw new InvalidDataException($"{message} has no field {number}");
            if (field.Label == "map")
            {
                if (result[field.Json] is not JsonObject map) result[field.Json] = map = [];
                var (key, value) = ReadEntry(field, input.ReadBytes().ToByteArray());
                map[key] = value;
            }
            else if (field.Label == "repeated")
            {
                if (result[field.Json] is not JsonArray list) result[field.Json] = list = [];
                list.Add(Read(input, field.Type));
            }
            else
            {
                result[field.Json] = Read(input, field.Type);
            }
        }

        return result;
    }

    private static void WriteEntry(CodedOutputStream output, ContractField field, string key, JsonNode value)
    {
        using var bytes = new MemoryStream();
        using (var entry = new CodedOutputStream(bytes, leaveOpen: true))
        {
            Write(entry, 1, "string", JsonValue.Create(key));
            Write(entry, 2, field.Type.Split(':', 2)[1], value);
        }

        output.WriteTag(field.Number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes.ToArray()));
    }

    private static (string Key, JsonNode Value) ReadEntry(ContractField field, byte[] bytes)
    {
        var input = new CodedInputStream(bytes);
        var (key, value) = ("", (JsonNode)"");
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == 1) key = input.ReadString();
            else value = Read(input, field.Type.Split(':', 2)[1]);
        }

        return (key, value);
    }

    private static void Write(CodedOutputStream output, int number, string type, JsonNode value)
    {
        switch (type)
        {
            case "string":
                output.WriteTag(number, WireFormat.WireType.LengthDelimited);
                output.WriteString((string)value!);
                break;
            case "bool":
                output.WriteTag(number, WireFormat.WireType.Varint);
                output.WriteBool((bool)value);
                break;
            case "uint32" or "int32" or "uint64" or "int64":
                output.WriteTag(number, WireFormat.WireType.Varint);
                output.WriteInt64((long)value);
                break;
            default:
                output.WriteTag(number, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(Encode(type, value.AsObject())));
                break;
        }
    }

    private static JsonNode Read(CodedInputStream input, string type)
    {
        if (type == "string") return input.ReadString();
        if (type == "bool") return input.ReadBool();
        if (type is "uint32" or "int32" or "uint64" or "int64") return input.ReadInt64();
        if (type == "double") return input.ReadDouble();
        if (Contract.Instance.Values(type) is { } values)
        {
            var number = input.ReadEnum();
            return values.GetValueOrDefault(number) ?? number.ToString(CultureInfo.InvariantCulture);
        }

        var bytes = input.ReadBytes().ToByteArray();
        // Google's own types are not in the contract.
        return Contract.Instance.Fields(type) is null ? Convert.ToBase64String(bytes) : Decode(type, bytes);
    }
}
