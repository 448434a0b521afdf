using System.Collections.Frozen;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// The command operators (<c>%NAME(parameter):length%</c>) of Envoy's formatter that 1.36.4 and 1.40.0 both accept,
/// found by giving each to both. Envoy refuses a whole listener or route configuration for any other.
/// </summary>
internal static class FormatOperators
{
    /// <summary>What may stand behind a name.</summary>
    private enum Form
    {
        Bare, AnyParameter, Header, HeaderOrNothing, Parameter, ParameterWithLength, FilterState, Path, Duration,
        GrpcStatus, Metadata,
    }

    private const string BareNames = """
        ACCESS_LOG_TYPE BYTES_RECEIVED BYTES_RETRANSMITTED BYTES_SENT PACKETS_RETRANSMITTED CONNECTION_ID
        CONNECTION_TERMINATION_DETAILS CUSTOM_FLAGS DOWNSTREAM_DIRECT_LOCAL_ADDRESS
        DOWNSTREAM_DIRECT_LOCAL_ADDRESS_WITHOUT_PORT DOWNSTREAM_DIRECT_LOCAL_PORT DOWNSTREAM_DIRECT_REMOTE_ADDRESS
        DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT DOWNSTREAM_DIRECT_REMOTE_PORT DOWNSTREAM_HEADER_BYTES_RECEIVED
        DOWNSTREAM_HEADER_BYTES_SENT DOWNSTREAM_DECOMPRESSED_HEADER_BYTES_RECEIVED
        DOWNSTREAM_DECOMPRESSED_HEADER_BYTES_SENT DOWNSTREAM_HANDSHAKE_DURATION DOWNSTREAM_LOCAL_ADDRESS
        DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT DOWNSTREAM_LOCAL_PORT DOWNSTREAM_LOCAL_SUBJECT DOWNSTREAM_LOCAL_URI_SAN
        DOWNSTREAM_LOCAL_DNS_SAN DOWNSTREAM_LOCAL_IP_SAN DOWNSTREAM_LOCAL_EMAIL_SAN DOWNSTREAM_LOCAL_OTHERNAME_SAN
        DOWNSTREAM_PEER_CERT DOWNSTREAM_PEER_DNS_SAN DOWNSTREAM_PEER_IP_SAN DOWNSTREAM_PEER_EMAIL_SAN
        DOWNSTREAM_PEER_OTHERNAME_SAN DOWNSTREAM_PEER_FINGERPRINT_1 DOWNSTREAM_PEER_FINGERPRINT_256
        DOWNSTREAM_PEER_CHAIN_FINGERPRINTS_1 DOWNSTREAM_PEER_CHAIN_FINGERPRINTS_256 DOWNSTREAM_PEER_CHAIN_SERIALS
        DOWNSTREAM_PEER_ISSUER DOWNSTREAM_PEER_SERIAL DOWNSTREAM_PEER_SUBJECT DOWNSTREAM_PEER_URI_SAN
        DOWNSTREAM_REMOTE_ADDRESS DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT DOWNSTREAM_REMOTE_PORT DOWNSTREAM_TLS_CIPHER
        DOWNSTREAM_TLS_SESSION_ID DOWNSTREAM_TLS_VERSION DOWNSTREAM_TRANSPORT_FAILURE_REASON
        DOWNSTREAM_WIRE_BYTES_RECEIVED DOWNSTREAM_WIRE_BYTES_SENT DURATION FILTER_CHAIN_NAME GRPC_STATUS_NUMBER
        HOSTNAME LOCAL_REPLY_BODY PROTOCOL REQUEST_DURATION REQUEST_HEADERS_BYTES REQUEST_TX_DURATION
        REQUESTED_SERVER_NAME RESPONSE_CODE RESPONSE_DURATION RESPONSE_FLAGS RESPONSE_FLAGS_LONG RESPONSE_HEADERS_BYTES
        RESPONSE_TRAILERS_BYTES RESPONSE_TX_DURATION ROUNDTRIP_DURATION ROUTE_NAME STREAM_ID TLS_JA3_FINGERPRINT
        TLS_JA4_FINGERPRINT TRACE_ID UNIQUE_ID UPSTREAM_CLUSTER UPSTREAM_CLUSTER_RAW UPSTREAM_CONNECTION_ID
        UPSTREAM_CONNECTION_POOL_READY_DURATION UPSTREAM_HEADER_BYTES_RECEIVED UPSTREAM_HEADER_BYTES_SENT
        UPSTREAM_DECOMPRESSED_HEADER_BYTES_RECEIVED UPSTREAM_DECOMPRESSED_HEADER_BYTES_SENT UPSTREAM_HOST
        UPSTREAM_HOST_NAME UPSTREAM_HOST_NAME_WITHOUT_PORT UPSTREAM_LOCAL_ADDRESS UPSTREAM_LOCAL_ADDRESS_WITHOUT_PORT
        UPSTREAM_LOCAL_PORT UPSTREAM_LOCAL_URI_SAN UPSTREAM_LOCAL_DNS_SAN UPSTREAM_LOCAL_IP_SAN UPSTREAM_PEER_CERT
        UPSTREAM_PEER_DNS_SAN UPSTREAM_PEER_IP_SAN UPSTREAM_PEER_ISSUER UPSTREAM_PEER_SUBJECT UPSTREAM_PEER_URI_SAN
        UPSTREAM_PROTOCOL UPSTREAM_REMOTE_ADDRESS UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT UPSTREAM_REMOTE_PORT
        UPSTREAM_REQUEST_ATTEMPT_COUNT UPSTREAM_TLS_CIPHER UPSTREAM_TLS_SESSION_ID UPSTREAM_TLS_VERSION
        UPSTREAM_TRANSPORT_FAILURE_REASON UPSTREAM_WIRE_BYTES_RECEIVED UPSTREAM_WIRE_BYTES_SENT VIRTUAL_CLUSTER_NAME
        """;

    private static readonly FrozenDictionary<string, Form> Known = new Dictionary<string, Form>(
        Of(Form.Bare, BareNames)
            .Concat(Of(Form.AnyParameter, """
                DOWNSTREAM_PEER_CERT_V_END DOWNSTREAM_PEER_CERT_V_START UPSTREAM_PEER_CERT_V_END
                UPSTREAM_PEER_CERT_V_START EMIT_TIME EMIT_TIME_LOCAL START_TIME START_TIME_LOCAL RESPONSE_CODE_DETAILS
                """))
            .Concat(Of(Form.Header, "REQ RESP TRAILER"))
            .Concat(Of(Form.Parameter, "CLUSTER_METADATA UPSTREAM_METADATA DYNAMIC_METADATA"))
            .Concat(Of(Form.ParameterWithLength, "CEL ENVIRONMENT QUERY_PARAM"))
            .Concat(Of(Form.FilterState, "FILTER_STATE UPSTREAM_FILTER_STATE"))
            .Concat(Of(Form.Path, "PATH"))
            .Concat(Of(Form.Duration, "COMMON_DURATION"))
            .Concat(Of(Form.GrpcStatus, "GRPC_STATUS")))
        .ToFrozenDictionary(StringComparer.Ordinal);

    // Those of the formatters that Gloo adds to files (envoy-translation 9.3).
    private static readonly FrozenDictionary<string, Form> OfFormatters = new Dictionary<string, Form>
    {
        ["REQ_WITHOUT_QUERY"] = Form.HeaderOrNothing,
        ["METADATA"] = Form.Metadata,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Why Envoy refuses the text; null if it takes it.</summary>
    /// <param name="text">A format.</param>
    /// <param name="withFormatters">Whether Gloo's two extra formatters are there.</param>
    public static string? Problem(string text, bool withFormatters)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = Next(text, i))
        {
            if (i + 1 < text.Length && text[i + 1] == '%')
            {
                i++;
                continue;
            }

            if (Read(text, i) is not var (name, parameter, hasLength, end))
                return $"a lone '%' at position {i} (write '%%')";
            if (!Known.TryGetValue(name, out var form)
                && !(withFormatters && OfFormatters.TryGetValue(name, out form)))
                return $"there is no command operator %{name}% that all supported versions of Envoy know";
            if (Check(form, parameter ?? "", hasLength) is { } why) return $"command operator %{name}%: {why}";
            i = end;
        }

        return null;
    }

    private static int Next(string text, int i) => i + 1 < text.Length ? text.IndexOf('%', i + 1) : -1;

    private static IEnumerable<KeyValuePair<string, Form>> Of(Form form, string names) =>
        names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(name => KeyValuePair.Create(name, form));

    // The parameter ends with the first ')' that the rest of an operator follows.
    private static (string Name, string? Parameter, bool HasLength, int End)? Read(string text, int start)
    {
        var i = start + 1;
        while (i < text.Length && (char.IsAsciiLetterUpper(text[i]) || char.IsAsciiDigit(text[i]) || text[i] == '_'))
            i++;
        var name = text[(start + 1)..i];
        if (name.Length == 0 || i == text.Length) return null;
        if (text[i] != '(') return Tail(text, i) is var (hasLength, end) ? (name, null, hasLength, end) : null;
        for (var close = text.IndexOf(')', i); close >= 0; close = text.IndexOf(')', close + 1))
            if (Tail(text, close + 1) is var (hasTail, last))
                return (name, text[(i + 1)..close], hasTail, last);
        return null;
    }

    private static (bool HasLength, int End)? Tail(string text, int i)
    {
        var start = i;
        if (i < text.Length && text[i] == ':')
        {
            i++;
            while (i < text.Length && char.IsAsciiDigit(text[i])) i++;
            if (i == start + 1) return null;
        }

        return i < text.Length && text[i] == '%' ? (i > start, i) : null;
    }

    private static string? Check(Form form, string parameter, bool hasLength)
    {
        const string NoLength = "it takes no length";
        switch (form)
        {
            case Form.Bare:
                return parameter.Length > 0 ? "it takes no parameter" : hasLength ? NoLength : null;
            case Form.AnyParameter:
                return hasLength ? NoLength : null;
            case Form.HeaderOrNothing when parameter.Length == 0:
                return null;
            case Form.Header or Form.HeaderOrNothing:
                var names = parameter.Split('?');
                return names.Length <= 2 && names.All(IsHeader) ? null : "it wants one or two names of headers, X?Y";
            case Form.Parameter or Form.Metadata when hasLength:
                return NoLength;
            case Form.Metadata:
                return parameter.Split(':')[0] is "DYNAMIC" or "CLUSTER" or "ROUTE" or "UPSTREAM_HOST" or "LISTENER"
                    or "VIRTUAL_HOST"
                    ? null
                    : "it wants the kind of the metadata first";
            case Form.FilterState:
                return parameter.Split(':') is [{ Length: > 0 }] or [{ Length: > 0 }, "PLAIN" or "TYPED"]
                    or [{ Length: > 0 }, "FIELD", { Length: > 0 }]
                    ? null
                    : "it wants a name, and PLAIN, TYPED or FIELD with a field";
            case Form.Path:
                return parameter.Split(':') is ["" or "WQ" or "NQ"]
                    or ["WQ" or "NQ", "ORIG" or "PATH" or "ORIG_OR_PATH"]
                    ? null
                    : "it wants WQ or NQ, and ORIG, PATH or ORIG_OR_PATH";
            case Form.Duration when hasLength:
                return NoLength;
            case Form.Duration:
                return parameter.Split(':') is [{ Length: > 0 }, { Length: > 0 }]
                    or [{ Length: > 0 }, { Length: > 0 }, "ms" or "us" or "ns"]
                    ? null
                    : "it wants two points of time and ms, us or ns";
            case Form.GrpcStatus:
                return hasLength ? NoLength
                    : parameter is "" or "CAMEL_STRING" or "SNAKE_STRING" or "NUMBER" ? null
                    : "it wants CAMEL_STRING, SNAKE_STRING or NUMBER";
            default:
                return parameter.Length == 0 ? "it wants a parameter" : null;
        }
    }

    private static bool IsHeader(string name) => HeaderChecks.IsToken(name.StartsWith(':') ? name[1..] : name);
}
