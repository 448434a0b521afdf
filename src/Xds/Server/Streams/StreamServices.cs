using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stagedoor.Xds.Server.Fallback;
using Stagedoor.Xds.Server.Limits;
using Stagedoor.Xds.Server.Security;

namespace Stagedoor.Xds.Server.Streams;

/// <summary>What every stream needs.</summary>
internal sealed class StreamServices(
    SnapshotSource snapshots, INodeReporter reporter, StreamRegistry registry, ClientMemories memories,
    AccessControl access, XdsMetrics metrics, TimeProvider time, IOptions<XdsServerOptions> options,
    ILoggerFactory loggers)
{
    public SnapshotSource Snapshots => snapshots;

    public INodeReporter Reporter => reporter;

    public StreamRegistry Registry => registry;

    public ClientMemories Memories => memories;

    public AccessControl Access => access;

    public XdsMetrics Metrics => metrics;

    public TimeProvider Time => time;

    public XdsServerOptions Options => options.Value;

    public ILogger Log { get; } = loggers.CreateLogger("Stagedoor.Xds");
}
