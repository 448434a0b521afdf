using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Stagedoor.Xds.Server.Rest;

/// <summary>Marks the connections of the REST port, so that each port offers only its own protocol.</summary>
public sealed class RestConnection
{
    private static readonly RestConnection Instance = new();

    private RestConnection()
    {
    }

    /// <summary>Marks every connection of an endpoint.</summary>
    internal static void Mark(ListenOptions listen) => listen.Use(next => connection =>
    {
        connection.Features.Set(Instance);
        return next(connection);
    });

    /// <summary>Whether a request came through the REST port.</summary>
    public static bool Carries(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<RestConnection>() is not null;
    }
}
