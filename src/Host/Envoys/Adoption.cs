namespace Stagedoor.Host.Envoys;

/// <summary>What to do about the Envoy that a record describes.</summary>
internal enum AdoptionStep
{
    /// <summary>There is none: start one.</summary>
    Start,

    /// <summary>It lives and is connected to us: keep it.</summary>
    Adopt,

    /// <summary>It is ours but cannot be used: end it, then start another.</summary>
    Replace,
}

/// <summary>The decision at the start of a server: whose Envoy is that, and can it stay.</summary>
/// <param name="Step">What to do.</param>
/// <param name="Reason">Why, in words for the log.</param>
internal sealed record Adoption(AdoptionStep Step, string Reason)
{
    /// <summary>Decides from what was written down and what is true now.</summary>
    /// <param name="record">The record, or null.</param>
    /// <param name="alive">The process that has the recorded number now, or null.</param>
    /// <param name="nodeId">The node id that the Envoy must have.</param>
    /// <param name="xdsPort">The port that the server listens on.</param>
    public static Adoption Decide(EnvoyRecord? record, ProcessIdentity? alive, string nodeId, int xdsPort)
    {
        if (record is null) return new(AdoptionStep.Start, "none was running");
        if (alive is null) return new(AdoptionStep.Start, $"process {record.Process.Pid} has ended");
        if (alive != record.Process)
            return new(AdoptionStep.Start, $"process {alive.Pid} is another program now");
        if (record.NodeId != nodeId)
            return new(AdoptionStep.Replace, $"its node id is {record.NodeId}, not {nodeId}");
        return record.XdsPort == xdsPort
            ? new(AdoptionStep.Adopt, $"process {alive.Pid} lives on")
            : new(AdoptionStep.Replace, $"it is connected to port {record.XdsPort}, not {xdsPort}");
    }
}
