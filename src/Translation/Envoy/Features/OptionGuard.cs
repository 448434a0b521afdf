using System.Collections.Concurrent;
using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Finds options that the Gloo API has and this version does not translate, so that none is ignored in silence: those
/// that
/// protect something close what they would protect, others are warned of.
/// </summary>
internal static class OptionGuard
{
    private static readonly FrozenSet<string> Protecting = new[]
    {
        "extauth", "waf", "dlp", "jwt", "jwtStaged", "jwtProvidersStaged", "rbac", "csrf", "ratelimitBasic",
        "ratelimitEarly", "rateLimitEarlyConfigs", "ratelimit", "rateLimitConfigs", "ratelimitRegular",
        "rateLimitRegularConfigs", "extProcEarly", "extProc", "extProcLate", "ratelimitServer",
        "sanitizeClusterHeader", "connectionLimit", "networkLocalRatelimit", "httpLocalRatelimit", "localRatelimit",
        "proxyProtocol", "sslConfig", "httpProxyHostname", "httpConnectSslConfig", "httpConnectHeaders",
        "proxyProtocolVersion", "failover", "wasm",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<(MessageDescriptor, string), FieldDescriptor[]> Unhandled = new();

    /// <summary>Reports every option that is set and not handled.</summary>
    /// <param name="options">The options message.</param>
    /// <param name="handled">JSON names of the fields that are translated, separated by white space.</param>
    /// <param name="problems">Where to report.</param>
    public static void Check(IMessage? options, string handled, List<Problem> problems)
    {
        if (options is null) return;
        var fields = Unhandled.GetOrAdd((options.Descriptor, handled), static key =>
        {
            var known = key.Item2.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return [.. key.Item1.Fields.InDeclarationOrder().Where(field => !known.Contains(field.JsonName))];
        });
        foreach (var field in fields)
        {
            if (!IsSet(options, field)) continue;
            problems.Add(Protecting.Contains(field.JsonName)
                ? Problem.Error(
                    EnvoyCodes.UnsupportedProtection,
                    $"{field.JsonName} is not supported yet: what it protects stays closed")
                : Problem.Warning(
                    EnvoyCodes.UnsupportedOption, $"{field.JsonName} is not supported yet and was left out"));
        }
    }

    private static bool IsSet(IMessage options, FieldDescriptor field) =>
        field.IsRepeated || field.IsMap
            ? ((System.Collections.ICollection)field.Accessor.GetValue(options)).Count > 0
            : field.HasPresence
                ? field.Accessor.HasValue(options)
                : field.Accessor.GetValue(options) switch
                {
                    string text => text.Length > 0,
                    bool flag => flag,
                    System.Enum value => System.Convert.ToInt32(value, null) != 0,
                    IConvertible number => System.Convert.ToDouble(number, null) != 0,
                    _ => true,
                };
}
