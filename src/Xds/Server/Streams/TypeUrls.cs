using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Streams;

/// <summary>Reads the type that a request is about.</summary>
internal static class TypeUrls
{
    /// <summary>
    /// The type of a request; on a stream of one type the URL may be left out, on an aggregated one it may not.
    /// </summary>
    /// <param name="url">What the request names.</param>
    /// <param name="only">The type of the service; null: aggregated.</param>
    /// <param name="type">The type; <see cref="XdsType.None"/> if it is not served.</param>
    /// <returns>Not null: the request is wrong.</returns>
    public static SessionClose? Read(string url, XdsType? only, out XdsType type)
    {
        type = XdsTypes.FromTypeUrl(url);
        if (only is { } wanted)
        {
            if (url.Length == 0) type = wanted;
            if (type == wanted) return null;
            return new SessionClose(
                CloseReason.InvalidArgument, XdsCodes.BadRequest,
                $"this service serves {wanted.TypeUrl()}; the request names {Short(url)}");
        }

        return url.Length > 0
            ? null
            : new SessionClose(CloseReason.InvalidArgument, XdsCodes.BadRequest, "type_url is empty; ADS needs it");
    }

    /// <summary>A URL of a client for logs and errors.</summary>
    public static string Short(string url) => url.Length <= 200 ? url : url[..200] + "…";
}
