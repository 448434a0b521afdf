using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stagedoor.Translation.Envoy;

/// <summary>Keys that tokens are verified with: a JSON web key set, one such key, or a public key as PEM.</summary>
internal static class JwtKeys
{
    private static readonly string[] KeyTypes = ["RSA", "EC", "oct", "OKP"];

    /// <summary>The set as Envoy wants it; null if the text is none of these.</summary>
    public static string? SetOf(string key)
    {
        var text = key.Trim();
        try
        {
            if (text.StartsWith("-----BEGIN", StringComparison.Ordinal)) return Set(OfPem(text));
            if (JsonNode.Parse(text) is not JsonObject json) return null;
            if (json["keys"] is not JsonArray keys) return IsKey(json) ? Set(json.DeepClone()) : null;
            return keys.Count > 0 && keys.All(one => one is JsonObject member && IsKey(member)) ? text : null;
        }
        catch (Exception e) when (e is JsonException or CryptographicException or ArgumentException
            or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsKey(JsonObject key) =>
        key["kty"] is JsonValue type && type.TryGetValue<string>(out var name) && KeyTypes.Contains(name);

    private static string Set(JsonNode key) => new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString();

    private static JsonObject OfPem(string pem)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            var rsaKey = rsa.ExportParameters(false);
            return new JsonObject
            {
                ["kty"] = "RSA",
                ["n"] = Base64Url.EncodeToString(rsaKey.Modulus!),
                ["e"] = Base64Url.EncodeToString(rsaKey.Exponent!),
            };
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            using var ec = ECDsa.Create();
            ec.ImportFromPem(pem);
            var ecKey = ec.ExportParameters(false);
            return new JsonObject
            {
                ["kty"] = "EC",
                ["crv"] = $"P-{ec.KeySize}",
                ["x"] = Base64Url.EncodeToString(ecKey.Q.X!),
                ["y"] = Base64Url.EncodeToString(ecKey.Q.Y!),
            };
        }
    }
}
