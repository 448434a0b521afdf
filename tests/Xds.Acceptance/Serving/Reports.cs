using Stagedoor.Acceptance.Harness;

namespace Stagedoor.Xds.Acceptance.Serving;

/// <summary>What the server reports of its clients.</summary>
internal sealed class Reports : INodeReporter
{
    private readonly Lock _gate = new();
    private readonly List<NodeReport> _reports = [];

    public int Mark
    {
        get
        {
            lock (_gate) return _reports.Count;
        }
    }

    /// <summary>Where the client stands, over all its open streams.</summary>
    public IReadOnlyList<NodeTypeStatus> Statuses
    {
        get
        {
            lock (_gate)
            {
                return [.. _reports.GroupBy(report => report.StreamId).Select(stream => stream.Last())
                    .Where(report => report.IsConnected).SelectMany(report => report.Types.Values)];
            }
        }
    }

    public void Report(NodeReport report)
    {
        lock (_gate) _reports.Add(report);
    }

    /// <summary>Waits for a report after the mark.</summary>
    public Task<NodeReport> WaitForAsync(string what, int mark, Predicate<NodeReport> wanted) =>
        Wait.ForAsync(what, () =>
        {
            lock (_gate) return Task.FromResult(_reports.Skip(mark).FirstOrDefault(report => wanted(report)));
        });

    /// <summary>Waits for a rejection after the mark.</summary>
    public async Task<NodeRejection> RejectionAsync(XdsType type, int mark)
    {
        var report = await WaitForAsync($"a rejection of {type}", mark, IsRejected);
        return report.Types[type].Rejection!;

        bool IsRejected(NodeReport report) => report.Types.GetValueOrDefault(type)?.Rejection is not null;
    }
}
