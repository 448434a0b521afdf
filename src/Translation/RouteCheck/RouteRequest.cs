using System.Collections.Immutable;

namespace Stagedoor.Translation.RouteCheck;

/// <summary>A request as a client sends it.</summary>
/// <param name="Method">Method.</param>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">Host header or <c>:authority</c>, with its port if it has one.</param>
/// <param name="Path">Path and query, as they are on the wire.</param>
public sealed record RouteRequest(string Method, string Scheme, string Host, string Path)
{
    /// <summary>Further headers, in order; names in any case.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Reads a URL; null if it is none that a client could send.</summary>
    public static RouteRequest? FromUrl(string method, string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var scheme = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https" : "http";
        if (!url.StartsWith(scheme + "://", StringComparison.OrdinalIgnoreCase)) return null;
        var rest = url[(scheme.Length + 3)..];
        var fragment = rest.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0) rest = rest[..fragment];
        var slash = rest.AsSpan().IndexOfAny('/', '?');
        var host = slash < 0 ? rest : rest[..slash];
        var path = slash < 0 ? "/" : rest[slash..];
        if (path[0] == '?') path = "/" + path;
        return host.Length == 0 || host.Any(char.IsWhiteSpace) ? null : new RouteRequest(method, scheme, host, path);
    }
}
