namespace Stagedoor.Xds.Sessions;

/// <summary>Where one client stands with one resource, seen from the server.</summary>
public enum DeliveryState
{
    /// <summary>The present content was not sent yet.</summary>
    NotSent,

    /// <summary>It was sent and not answered yet.</summary>
    Sent,

    /// <summary>The client has accepted it.</summary>
    Accepted,

    /// <summary>The client has rejected it, and keeps what it had.</summary>
    Rejected,
}

/// <summary>The state of one resource on one stream.</summary>
/// <param name="Resource">The resource in the snapshot.</param>
/// <param name="State">How far it came.</param>
/// <param name="Rejection">The client's last NACK of its type, if it rejected this resource.</param>
public sealed record ResourceStatus(SnapshotResource Resource, DeliveryState State, NodeRejection? Rejection);
