using Microsoft.Extensions.Logging;

namespace Stagedoor.Xds.Server;

/// <summary>Log messages of the xDS server.</summary>
internal static partial class XdsLog
{
    [LoggerMessage(
        1, LogLevel.Information, "{Variant} stream {Stream} of node {Node} ({Agent}) for {Proxy} from {Peer}")]
    public static partial void Connected(
        this ILogger log, string variant, long stream, string node, string agent, string proxy, string peer);

    [LoggerMessage(2, LogLevel.Debug, "stream {Stream} of node {Node} ended")]
    public static partial void Disconnected(this ILogger log, long stream, string node);

    [LoggerMessage(3, LogLevel.Warning, "SD4001 node {Node} rejected {Type} of {Proxy} ({Resources}): {Message}")]
    public static partial void Rejected(
        this ILogger log, string node, XdsType type, string proxy, string resources, string message);

    [LoggerMessage(
        4, LogLevel.Warning, "SD4002 node {Node} from {Peer} has no role in its metadata: it gets the fallback")]
    public static partial void NoRole(this ILogger log, string node, string peer);

    [LoggerMessage(
        5, LogLevel.Warning,
        "SD4003 node {Node} of {Proxy} has generation {Client}, this server {Own}: nothing is sent until it has "
        + "caught up")]
    public static partial void ClientAhead(
        this ILogger log, string node, string proxy, Generation client, Generation own);

    [LoggerMessage(6, LogLevel.Information, "SD4004 node {Node} asks for {TypeUrl}, which is not served")]
    public static partial void UnknownType(this ILogger log, string node, string typeUrl);

    [LoggerMessage(7, LogLevel.Warning, "{Code} stream {Stream} of node {Node} is closed: {Reason}")]
    public static partial void Closing(this ILogger log, string code, long stream, string node, string reason);

    [LoggerMessage(8, LogLevel.Error, "stream {Stream} of node {Node} failed")]
    public static partial void Failed(this ILogger log, Exception exception, long stream, string node);

    [LoggerMessage(
        9, LogLevel.Warning, "{Code} node {Node} sends more than {Pace} requests per second: they are read later")]
    public static partial void Flood(this ILogger log, string code, string node, int pace);

    [LoggerMessage(10, LogLevel.Error, "{Code} {Type} cannot be served over REST: {Reason}")]
    public static partial void NoJson(this ILogger log, string code, XdsType type, string reason);

    [LoggerMessage(
        11, LogLevel.Warning, "{Code} client '{Peer}' from {Address} as node {Node} is refused: {Reason}")]
    public static partial void NotEntitled(
        this ILogger log, string code, string peer, string address, string node, string reason);

    [LoggerMessage(12, LogLevel.Error, "{Code} the TLS files are broken, the old ones stay in use: {Reason}")]
    public static partial void TlsBroken(this ILogger log, string code, string reason);

    [LoggerMessage(13, LogLevel.Information, "new TLS files, from {File}; the certificate ends {Expires:u}")]
    public static partial void TlsReloaded(this ILogger log, string file, DateTimeOffset expires);
}
