using System.Diagnostics.Metrics;

namespace Stagedoor.Xds.Server;

/// <summary>Counters of the xDS server, meter <c>stagedoor.xds</c>.</summary>
internal sealed class XdsMetrics : IDisposable
{
    public const string MeterName = "stagedoor.xds";

    private static readonly KeyValuePair<string, object?>[] TypeTags =
    [
        .. Enumerable.Range(0, XdsTypes.Count)
            .Select(type => new KeyValuePair<string, object?>("type", Name((XdsType)type))),
    ];

    private readonly Meter _meter;
    private readonly Counter<long> _responses;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _acks;
    private readonly Counter<long> _nacks;
    private readonly Counter<long> _unknown;
    private readonly Counter<long> _closed;
    private readonly Counter<long> _tlsFailures;

    public XdsMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        Streams = _meter.CreateUpDownCounter<long>("xds.streams", "{stream}", "Open streams.");
        _responses = _meter.CreateCounter<long>("xds.responses", "{response}", "Responses written, by type.");
        _bytes = _meter.CreateCounter<long>("xds.response.bytes", "By", "Bytes of responses written, by type.");
        _acks = _meter.CreateCounter<long>("xds.acks", "{request}", "Responses that clients accepted, by type.");
        _nacks = _meter.CreateCounter<long>("xds.nacks", "{request}", "Responses that clients rejected, by type.");
        _unknown = _meter.CreateCounter<long>("xds.requests.unknown", "{request}", "Requests for types not served.");
        _closed = _meter.CreateCounter<long>("xds.streams.closed", "{stream}", "Streams ended by the server, by code.");
        _tlsFailures = _meter.CreateCounter<long>(
            "xds.tls.failures", "{file}", "Changes of the TLS files that could not be used.");
    }

    public UpDownCounter<long> Streams { get; }

    public void TlsFailed() => _tlsFailures.Add(1);

    public void Response(XdsType type, int bytes)
    {
        _responses.Add(1, TypeTags[(int)type]);
        _bytes.Add(bytes, TypeTags[(int)type]);
    }

    public void Answer(XdsType type, bool accepted) => (accepted ? _acks : _nacks).Add(1, TypeTags[(int)type]);

    public void UnknownType() => _unknown.Add(1);

    public void Closed(string code) => _closed.Add(1, new KeyValuePair<string, object?>("code", code));

    public void Dispose() => _meter.Dispose();

    private static string Name(XdsType type) => type switch
    {
        XdsType.Listener => "lds",
        XdsType.RouteConfiguration => "rds",
        XdsType.Cluster => "cds",
        XdsType.ClusterLoadAssignment => "eds",
        XdsType.Secret => "sds",
        XdsType.Runtime => "rtds",
        XdsType.ExtensionConfig => "ecds",
        XdsType.VirtualHost => "vhds",
        _ => "none",
    };
}
