using Microsoft.Extensions.Options;

namespace Stagedoor.Xds.Server.Fallback;

/// <summary>
/// Where streams get their snapshots: the node's directory, and the permanent one for clients without a role.
/// </summary>
internal sealed class SnapshotSource
{
    private readonly ISnapshotDirectory _directory;
    private readonly Lazy<SnapshotCell> _fallback;

    public SnapshotSource(ISnapshotDirectory directory, IOptions<XdsServerOptions> options)
    {
        _directory = directory;
        _fallback = new Lazy<SnapshotCell>(() =>
        {
            var cell = new SnapshotCell();
            cell.Publish(FallbackConfiguration.Snapshot(options.Value.Ipv4Only));
            return cell;
        });
    }

    public SnapshotLease Open(string key) =>
        key == NodeIdentity.FallbackKey ? new SnapshotLease(_fallback.Value, () => { }) : _directory.Open(key);
}
