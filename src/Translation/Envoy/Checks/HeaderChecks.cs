using System.Collections.Frozen;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Header names and values that Envoy refuses, or breaks on at the first request (envoy.md 6.1 and 6.5).
/// </summary>
internal static class HeaderChecks
{
    private const string TokenPunctuation = "!#$%&'*+-.^_`|~";

    /// <summary>Command operators of Envoy's substitution formatter that both supported versions know.</summary>
    private static readonly FrozenSet<string> Operators = new[]
    {
        "BYTES_RECEIVED", "BYTES_SENT", "CONNECTION_ID", "CONNECTION_TERMINATION_DETAILS", "CEL",
        "DOWNSTREAM_DIRECT_LOCAL_ADDRESS", "DOWNSTREAM_DIRECT_REMOTE_ADDRESS",
        "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT", "DOWNSTREAM_LOCAL_ADDRESS",
        "DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT", "DOWNSTREAM_LOCAL_PORT", "DOWNSTREAM_LOCAL_URI_SAN",
        "DOWNSTREAM_LOCAL_SUBJECT", "DOWNSTREAM_PEER_CERT", "DOWNSTREAM_PEER_CERT_V_END",
        "DOWNSTREAM_PEER_CERT_V_START", "DOWNSTREAM_PEER_FINGERPRINT_1", "DOWNSTREAM_PEER_FINGERPRINT_256",
        "DOWNSTREAM_PEER_ISSUER", "DOWNSTREAM_PEER_SERIAL", "DOWNSTREAM_PEER_SUBJECT", "DOWNSTREAM_PEER_URI_SAN",
        "DOWNSTREAM_PEER_DNS_SAN", "DOWNSTREAM_REMOTE_ADDRESS", "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT",
        "DOWNSTREAM_REMOTE_PORT", "DOWNSTREAM_TLS_CIPHER", "DOWNSTREAM_TLS_SESSION_ID", "DOWNSTREAM_TLS_VERSION",
        "DURATION", "DYNAMIC_METADATA", "CLUSTER_METADATA", "ENVIRONMENT", "EMIT_TIME", "FILTER_CHAIN_NAME",
        "FILTER_STATE", "GRPC_STATUS", "HOSTNAME", "PER_REQUEST_STATE", "PROTOCOL", "REQ", "REQUESTED_SERVER_NAME",
        "REQUEST_DURATION", "REQUEST_HEADERS_BYTES", "RESP", "RESPONSE_CODE", "RESPONSE_CODE_DETAILS",
        "RESPONSE_DURATION", "RESPONSE_FLAGS", "ROUTE_NAME", "START_TIME", "STREAM_ID", "TRACE_ID", "TRAILER",
        "UPSTREAM_CLUSTER", "UPSTREAM_CLUSTER_RAW", "UPSTREAM_HOST", "UPSTREAM_HOST_NAME", "UPSTREAM_LOCAL_ADDRESS",
        "UPSTREAM_METADATA", "UPSTREAM_REMOTE_ADDRESS", "UPSTREAM_REQUEST_ATTEMPT_COUNT",
        "UPSTREAM_TRANSPORT_FAILURE_REASON", "VIRTUAL_CLUSTER_NAME",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Why a header of this name cannot be added or set; null if it can.</summary>
    public static string? CheckName(string name)
    {
        if (name.Length == 0) return "a header needs a name";
        if (name[0] == ':' || name.Equals("host", StringComparison.OrdinalIgnoreCase))
            return $"':'-prefixed headers and host may not be modified, but '{name}' is";
        return IsToken(name) ? null : $"'{name}' is not a header name";
    }

    /// <summary>Whether the text is a token of RFC 9110: the form of headers' and methods' names.</summary>
    public static bool IsToken(string text) => text.Length > 0
        && text.All(c => char.IsAsciiLetterOrDigit(c) || TokenPunctuation.Contains(c, StringComparison.Ordinal));

    /// <summary>Why a value is refused: control characters, or a command operator that does not exist.</summary>
    public static string? CheckValue(string value)
    {
        if (value.AsSpan().IndexOfAny('\0', '\r', '\n') >= 0) return "a header value must not contain NUL or line ends";
        for (var i = value.IndexOf('%', StringComparison.Ordinal); i >= 0; i = Next(value, i))
        {
            if (i + 1 < value.Length && value[i + 1] == '%')
            {
                i++;
                continue;
            }

            var end = value.IndexOf('%', i + 1);
            if (end < 0) return $"a lone '%' at position {i} (write '%%')";
            var command = value[(i + 1)..end];
            var name = command[..(command.IndexOfAny(['(', ':']) is var stop and >= 0 ? stop : command.Length)];
            if (!Operators.Contains(name)) return $"there is no command operator %{name}%";
            i = end;
        }

        return null;
    }

    private static int Next(string value, int i) => i + 1 < value.Length ? value.IndexOf('%', i + 1) : -1;
}
