namespace Stagedoor.Xds.Harness.Serving;

/// <summary>What the server reported of its clients.</summary>
internal sealed class KeptReports : INodeReporter
{
    private readonly Lock _gate = new();
    private readonly List<NodeReport> _reports = [];

    public void Report(NodeReport report)
    {
        lock (_gate) _reports.Add(report);
    }

    /// <summary>Whether the server knows of the end of every stream.</summary>
    public bool AllEnded
    {
        get
        {
            lock (_gate)
                return _reports.GroupBy(report => report.StreamId).All(stream => !stream.Last().IsConnected);
        }
    }

    /// <summary>The rejections of a type, in the order reported.</summary>
    public IReadOnlyList<NodeRejection> Rejections(XdsType type)
    {
        lock (_gate)
        {
            return [.. _reports.Select(report => report.Types.GetValueOrDefault(type)?.Rejection)
                .OfType<NodeRejection>()];
        }
    }
}
