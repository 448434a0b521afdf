using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stagedoor.Xds.Server.Streams;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Security;

/// <summary>
/// Who may have what. With client certificates, a client may ask for the roles of the names in its certificate,
/// whatever its node says; without them, everybody who reaches the port may ask for any.
/// </summary>
internal sealed class AccessControl(
    IOptions<XdsServerOptions> options, XdsMetrics metrics, ILoggerFactory loggers)
{
    private static readonly Peer Anybody = new("", ["*"]);

    private readonly ConditionalWeakTable<X509Certificate2, Peer> _peers = [];
    private readonly ILogger _log = loggers.CreateLogger("Stagedoor.Xds");

    /// <summary>The client of a request.</summary>
    public Peer PeerOf(HttpContext http)
    {
        if (options.Value.Tls?.ClientCaFile is null) return Anybody;
        return http.Connection.ClientCertificate is { } certificate
            ? _peers.GetValue(certificate, Identify)
            : new Peer("", []);
    }

    /// <summary>Why a client may not have the resources of its role; null: it may.</summary>
    public StreamEnd? Check(HttpContext http, NodeIdentity node)
    {
        var peer = PeerOf(http);
        if (peer.IsNobody) return Deny(http, peer, node.Id, "the names in the client's certificate have no role");
        // The configuration for clients without a role is nobody's.
        return node.Role is null || peer.May(node.Role)
            ? null
            : Deny(http, peer, node.Id, $"the client's certificate does not entitle it to the role {Short(node.Role)}");
    }

    /// <summary>Refuses, logs and counts.</summary>
    public StreamEnd Deny(HttpContext http, Peer peer, string node, string reason)
    {
        metrics.Closed(XdsCodes.NotEntitled);
        _log.NotEntitled(
            XdsCodes.NotEntitled, peer.Name, http.Connection.RemoteIpAddress?.ToString() ?? "", Short(node), reason);
        return new StreamEnd(XdsCodes.NotEntitled, StatusCode.PermissionDenied, reason) { IsCounted = true };
    }

    private Peer Identify(X509Certificate2 certificate)
    {
        var names = PeerNames.Of(certificate);
        return new Peer(string.Join(", ", names.Take(5)), options.Value.Identities.RolesOf(names));
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..200] + "…";
}

/// <summary>A client as its certificate tells it.</summary>
/// <param name="Name">The names in the certificate, for logs; empty without one.</param>
/// <param name="Roles">What it may ask for.</param>
internal sealed record Peer(string Name, ImmutableHashSet<string> Roles)
{
    public bool IsNobody => Roles.IsEmpty;

    public bool May(string role) => Roles.Contains("*") || Roles.Contains(role);
}
