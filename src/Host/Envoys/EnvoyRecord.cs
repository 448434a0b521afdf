using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stagedoor.Host.Envoys;

/// <summary>
/// What is remembered of a supervised Envoy under <c>--data</c>, so that the next server finds it again after a crash.
/// </summary>
/// <param name="Proxy">Whose configuration it serves.</param>
/// <param name="NodeId">Its <c>node.id</c>.</param>
/// <param name="Process">Which process it is.</param>
/// <param name="XdsPort">Port of ours to which its bootstrap leads.</param>
/// <param name="Executable">What was started.</param>
internal sealed record EnvoyRecord(
    string Proxy, string NodeId, ProcessIdentity Process, int XdsPort, string Executable)
{
    /// <summary>
    /// Reads a record; null if there is none or it is not readable, which means the same: nothing to adopt.
    /// </summary>
    public static EnvoyRecord? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), EnvoyRecordJson.Default.EnvoyRecord);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the record so that a reader sees the old one or the new one.</summary>
    public void Write(string file)
    {
        var next = file + ".new";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(this, EnvoyRecordJson.Default.EnvoyRecord));
        File.Move(next, file, overwrite: true);
    }
}

/// <summary>The file format of <see cref="EnvoyRecord"/>.</summary>
[JsonSerializable(typeof(EnvoyRecord))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class EnvoyRecordJson : JsonSerializerContext;
