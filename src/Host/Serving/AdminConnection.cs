using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Stagedoor.Host.Serving;

/// <summary>
/// Marks the connections of the admin port: its API is for this machine, and must not be had through the port of xDS.
/// </summary>
internal sealed class AdminConnection
{
    private static readonly AdminConnection Instance = new();

    /// <summary>Marks every connection of an endpoint.</summary>
    public static void Mark(ListenOptions listen) => listen.Use(next => connection =>
    {
        connection.Features.Set(Instance);
        return next(connection);
    });

    /// <summary>Whether a request came through the admin port.</summary>
    public static bool Carries(HttpContext context) => context.Features.Get<AdminConnection>() is not null;
}
