using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stagedoor.Api;

namespace Stagedoor.Watchers;

/// <summary>One line of the store: a claim with its text, or (without hash) that a claim is forgotten.</summary>
internal sealed record HeldLine(
    [property: JsonPropertyName("file")] string File,
    [property: JsonPropertyName("group")] string Group,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("ns")] string Namespace,
    [property: JsonPropertyName("name")] string Name)
{
    [JsonPropertyName("hash")]
    public string? Hash { get; init; }

    [JsonPropertyName("seen")]
    public DateTimeOffset Seen { get; init; }

    [JsonPropertyName("age")]
    public DateTimeOffset Age { get; init; }

    [JsonPropertyName("inForce")]
    public bool InForce { get; init; }

    /// <summary>The resource as <see cref="ResourceCodec"/> writes it.</summary>
    [JsonPropertyName("plain")]
    public byte[]? Plain { get; init; }

    /// <summary>The same, encrypted.</summary>
    [JsonPropertyName("cipher")]
    public byte[]? Cipher { get; init; }

    [JsonIgnore]
    public ResourceKey Key => new(Group, Kind, Namespace, Name);

    public static HeldLine Forget(string file, ResourceKey key) =>
        new(file, key.Group, key.Kind, key.Namespace, key.Name);

    public static HeldLine Keep(StoredRecord record, Resource resource, IHeldProtector? protector)
    {
        var line = Forget(record.File, record.Key) with
        {
            Hash = record.ContentHash.ToString("x32", CultureInfo.InvariantCulture),
            Seen = record.FirstSeen,
            Age = record.Age,
            InForce = record.InForce,
        };
        if (!MayHoldSecrets(record.Key)) return line with { Plain = ResourceCodec.Encode(resource) };
        return protector is null ? line : line with { Cipher = protector.Protect(ResourceCodec.Encode(resource)) };
    }

    public StoredDocument? ToStored(IHeldProtector? protector)
    {
        if (!UInt128.TryParse(Hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hash)) return null;
        return new StoredDocument(
            new StoredRecord(File, Key, hash, Seen, Age, InForce), () => Restore(protector));
    }

    public static HeldLine? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<HeldLine>(json) is { File: not null, Name: not null, Kind: not null } line
                ? line
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Private keys are in Secrets, tokens also in these two (rule I8).</summary>
    private static bool MayHoldSecrets(ResourceKey key) =>
        key.Is(ResourceKinds.Secret) || key.Is(ResourceKinds.Settings) || key.Is(ResourceKinds.AuthConfig);

    private Resource? Restore(IHeldProtector? protector)
    {
        var bytes = Plain ?? (Cipher is null ? null : protector?.Unprotect(Cipher));
        return bytes is null ? null : ResourceCodec.Decode(bytes);
    }
}
