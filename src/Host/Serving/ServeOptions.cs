using System.Net;
using Stagedoor.Xds.Server;

namespace Stagedoor.Host.Serving;

/// <summary>What <c>serve</c> was asked for, checked.</summary>
internal sealed record ServeOptions
{
    /// <summary>The configuration folder.</summary>
    public required string Config { get; init; }

    /// <summary>Where the journal, what is held, keys and Envoys' files live.</summary>
    public required string Data { get; init; }

    /// <summary>Where the key ring is.</summary>
    public required string KeyRing { get; init; }

    /// <summary>Limits, pace and TLS of xDS.</summary>
    public XdsServerOptions Xds { get; init; } = new();

    /// <summary>Address of xDS.</summary>
    public IPAddress XdsAddress { get; init; } = IPAddress.Any;

    /// <summary>Port of xDS; 0 for any.</summary>
    public int XdsPort { get; init; } = ServerPort.Xds.Default;

    /// <summary>Port of xDS over REST, on the address of xDS; 0 for any.</summary>
    public int RestPort { get; init; } = ServerPort.Rest.Default;

    /// <summary>Address of the admin API.</summary>
    public IPAddress AdminAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Port of the admin API; 0 for any.</summary>
    public int AdminPort { get; init; } = ServerPort.Admin.Default;

    /// <summary>Address of proxy validation.</summary>
    public IPAddress ValidationAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Port of proxy validation; 0 for any.</summary>
    public int ValidationPort { get; init; } = ServerPort.Validation.Default;

    /// <summary>Address of proxy debug.</summary>
    public IPAddress ProxyDebugAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Port of proxy debug; 0 for any.</summary>
    public int ProxyDebugPort { get; init; } = ServerPort.ProxyDebug.Default;

    /// <summary>Envoy's executable for <c>--with-envoy</c>; null without it.</summary>
    public string? Envoy { get; init; }

    /// <summary>Worker threads of each supervised Envoy; null leaves it to Envoy.</summary>
    public int? EnvoyConcurrency { get; init; }

    /// <summary>An empty folder is meant to be empty.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>What is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Log lines as JSON.</summary>
    public bool LogJson { get; init; }
}
