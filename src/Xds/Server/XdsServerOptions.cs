using Google.Protobuf.Reflection;
using Stagedoor.Xds.EnvoyApi;
using Stagedoor.Xds.Server.Security;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server;

/// <summary>Settings of the xDS server. Every limit is on by default.</summary>
public sealed class XdsServerOptions
{
    /// <summary>Pace of the sessions and limits of one request's content.</summary>
    public SessionOptions Session { get; set; } = SessionOptions.Default;

    /// <summary>TLS of the ports; null: none.</summary>
    public XdsTlsOptions? Tls { get; set; }

    /// <summary>Which roles clients with certificates may ask for.</summary>
    public IdentityMap Identities { get; set; } = IdentityMap.Default;

    /// <summary>Streams at the same time; more are refused with <c>RESOURCE_EXHAUSTED</c>.</summary>
    public int MaxStreams { get; set; } = 20_000;

    /// <summary>
    /// Streams of one node id at the same time; the oldest is closed for a newer one. Not small, because fleets exist
    /// whose Envoys all carry the same id.
    /// </summary>
    public int MaxStreamsPerNode { get; set; } = 100;

    /// <summary>Calls for client status, health and reflection at the same time.</summary>
    public int MaxAuxiliaryCalls { get; set; } = 200;

    /// <summary>Resources in one answer about the status of clients.</summary>
    public int MaxStatusEntries { get; set; } = 100_000;

    /// <summary>Bytes of one request. A delta client that reconnects with 100,000 names sends about 10 MiB.</summary>
    public int MaxRequestBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Bytes of the body of one REST request. Envoy sends its whole node each time, about 80 KB.</summary>
    public int MaxRestRequestBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long a unary or REST request may wait for the first snapshot of its proxy.</summary>
    public TimeSpan FetchPatience { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Requests of one stream per second, on average; further ones are read later.</summary>
    public int RequestsPerSecond { get; set; } = 200;

    /// <summary>Requests of one stream that may come at once.</summary>
    public int RequestBurst { get; set; } = 2000;

    /// <summary>How long a client may take to send its first request.</summary>
    public TimeSpan FirstRequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may take to read 64 KiB of a response.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a client may leave a response without an answer before its stream is closed. Longer than Envoy can warm
    /// a cluster (two minutes with a silent resolver).
    /// </summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Time over which the streams end when the server stops, so that clients do not all reconnect at once.
    /// </summary>
    public TimeSpan StopSpread { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Least time between two reports of one stream that no NACK is behind.</summary>
    public TimeSpan ReportInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>HTTP/2 pings on an idle connection: after this time.</summary>
    public TimeSpan KeepAlivePingDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a ping may stay without an answer before the connection is closed.</summary>
    public TimeSpan KeepAlivePingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Streams of one HTTP/2 connection.</summary>
    public int MaxStreamsPerConnection { get; set; } = 100;

    /// <summary>Connections at the same time.</summary>
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Bytes of all request headers.</summary>
    public int MaxHeaderBytes { get; set; } = 32 * 1024;

    /// <summary>
    /// Whether the fallback listener for clients without a role binds IPv4 only (<c>settings.ipV4Only</c>).
    /// </summary>
    public bool Ipv4Only { get; set; }

    /// <summary>
    /// The messages that may stand in an <c>Any</c> of a resource, for REST. Envoy's own are always meant; who serves
    /// others adds them.
    /// </summary>
    public TypeRegistry JsonTypes
    {
        get => field ?? EnvoyTypes.Registry;
        set;
    }
}
