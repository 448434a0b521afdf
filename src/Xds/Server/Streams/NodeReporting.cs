using Microsoft.Extensions.Logging;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Streams;

/// <summary>Tells upward how one stream stands: NACKs at once, everything else gathered.</summary>
internal sealed class NodeReporting(
    ActiveStream stream, NodeIdentity node, XdsSession session, INodeReporter reporter, TimeSpan interval, ILogger log)
{
    private readonly Dictionary<XdsType, DateTimeOffset> _logged = [];
    private NodeReport _last = new(node.Id, node.SnapshotKey, stream.Id)
    {
        Connected = stream.Opened,
        IsConnected = true,
        Peer = stream.Peer,
        UserAgent = node.UserAgent,
        Variant = stream.Variant,
    };

    private bool _touched = true;
    private bool _urgent = true;
    private DateTimeOffset _next;

    /// <summary>When to be asked again; null: when something has happened.</summary>
    public DateTimeOffset? WakeAt => _touched ? _next : null;

    /// <summary>
    /// Something has happened on the stream. What comes next is gathered: clients that all get the same change do not
    /// wait for each other's reports.
    /// </summary>
    public void Touch(DateTimeOffset now, bool urgent = false)
    {
        if (!_touched && _next < now + interval) _next = now + interval;
        _touched = true;
        _urgent |= urgent;
    }

    /// <summary>Reports if something has happened and it is time.</summary>
    public void Report(DateTimeOffset now)
    {
        if (!_touched || (!_urgent && now < _next)) return;
        var first = _next == default;
        (_touched, _urgent) = (false, false);
        if (first) _next = now;
        if (session.TakeStatus() is { } types) _last = _last with { Types = types };
        else if (!first) return;
        foreach (var (type, status) in _last.Types) LogRejection(type, status.Rejection);
        Send();
    }

    /// <summary>The stream has ended.</summary>
    public void Close()
    {
        if (session.TakeStatus() is { } types) _last = _last with { Types = types };
        _last = _last with { IsConnected = false, End = stream.End is { IsFault: true } end ? end.Text : "" };
        Send();
    }

    private void Send()
    {
        if (node.Id.Length > 0) reporter.Report(_last);
    }

    private void LogRejection(XdsType type, NodeRejection? rejection)
    {
        if (rejection is null || (_logged.TryGetValue(type, out var at) && at == rejection.At)) return;
        _logged[type] = rejection.At;
        log.Rejected(node.Id, type, node.SnapshotKey, string.Join(", ", rejection.Resources), rejection.Message);
    }
}
