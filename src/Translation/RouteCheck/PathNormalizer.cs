using System.Text;
using EscapedSlashes =
    Envoy.Extensions.Filters.Network.HttpConnectionManager.V3.HttpConnectionManager.Types.PathWithEscapedSlashesAction;
using Hcm = Envoy.Extensions.Filters.Network.HttpConnectionManager.V3.HttpConnectionManager;

namespace Stagedoor.Translation.RouteCheck;

/// <summary>
/// What the connection manager does to a path before routes are matched: escaped slashes, then the normalization of
/// RFC 3986 as Chromium's URL library has it, then merged slashes.
/// </summary>
internal static class PathNormalizer
{
    /// <summary>The path that routes see; null if the request is refused.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="manager">The connection manager.</param>
    /// <param name="redirect">Whether the client is sent to the result instead.</param>
    public static string? Normalize(string path, Hcm manager, out bool redirect)
    {
        redirect = false;
        if (path.Contains('#', StringComparison.Ordinal)) return null;
        var query = path.IndexOf('?', StringComparison.Ordinal);
        var (own, rest) = query < 0 ? (path, "") : (path[..query], path[query..]);
        var unescaped = Unescape(own);
        if (unescaped != own)
        {
            switch (manager.PathWithEscapedSlashesAction)
            {
                case EscapedSlashes.RejectRequest:
                    return null;
                case EscapedSlashes.UnescapeAndRedirect:
                    redirect = true;
                    own = unescaped;
                    break;
                case EscapedSlashes.UnescapeAndForward:
                    own = unescaped;
                    break;
            }
        }

        if (manager.NormalizePath == true)
        {
            if (Canonical(own) is not { } canonical) return null;
            own = canonical;
        }

        return (manager.MergeSlashes ? Merge(own) : own) + rest;
    }

    private static string Unescape(string path) => path
        .Replace("%2f", "/", StringComparison.OrdinalIgnoreCase)
        .Replace("%5c", "\\", StringComparison.OrdinalIgnoreCase);

    /// <summary>As Envoy does it: a path of slashes only becomes two of them.</summary>
    private static string Merge(string path)
    {
        if (!path.Contains("//", StringComparison.Ordinal)) return path;
        var segments = string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        return $"{(path[0] == '/' ? "/" : "")}{segments}{(path[^1] == '/' ? "/" : "")}";
    }

    /// <summary>The path of a URL in its canonical form; null if it has none.</summary>
    private static string? Canonical(string path)
    {
        if (path.Length == 0 || path[0] != '/') return path.Length > 0 && path[0] == '*' ? path : null;
        if (Escape(path) is not { } escaped) return null;
        var segments = new List<string>();
        var parts = escaped[1..].Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            var isLast = i == parts.Length - 1;
            if (Dots(parts[i]) is { } dots)
            {
                if (dots == ".." && segments.Count > 0) segments.RemoveAt(segments.Count - 1);
                if (isLast) segments.Add("");
            }
            else
            {
                segments.Add(parts[i]);
            }
        }

        return "/" + string.Join('/', segments);
    }

    /// <summary>The dots of a segment that is nothing else, parameters aside: <c>..;p=1</c> goes up too.</summary>
    private static string? Dots(string segment) => segment.Split(';')[0] is "." or ".." ? segment.Split(';')[0] : null;

    /// <summary>
    /// Escapes what may not stand in a path and takes escapes off what may; backslashes are slashes. Null for NUL.
    /// </summary>
    private static string? Escape(string path)
    {
        var result = new StringBuilder(path.Length);
        var bytes = Encoding.UTF8.GetBytes(path);
        for (var i = 0; i < bytes.Length; i++)
        {
            var c = (char)bytes[i];
            if (c == '\\')
            {
                result.Append('/');
            }
            else if (c == '%')
            {
                if (i + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[i + 1])
                    || !char.IsAsciiHexDigit((char)bytes[i + 2]))
                {
                    result.Append('%');
                    continue;
                }

                var value = Convert.FromHexString($"{(char)bytes[i + 1]}{(char)bytes[i + 2]}")[0];
                if (value == 0) return null;
                if (IsUnreserved((char)value)) result.Append((char)value);
                else result.Append('%').Append((char)bytes[i + 1]).Append((char)bytes[i + 2]);
                i += 2;
            }
            else if (c == 0)
            {
                return null;
            }
            else if (MustBeEscaped(c))
            {
                result.Append('%').Append(Convert.ToHexString([bytes[i]]));
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    private static bool IsUnreserved(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';

    private static bool MustBeEscaped(char c) =>
        c <= ' ' || c >= 127 || c is '"' or '#' or '<' or '>' or '?' or '^' or '`' or '{' or '|' or '}';
}
