namespace Stagedoor.Xds.Sessions;

/// <summary>Why the server ends a stream.</summary>
public enum CloseReason
{
    /// <summary>The client broke the protocol: gRPC <c>INVALID_ARGUMENT</c>.</summary>
    InvalidArgument,

    /// <summary>The client asked for more than the limits allow: gRPC <c>RESOURCE_EXHAUSTED</c>.</summary>
    ResourceExhausted,
}

/// <summary>The end of a stream, with the words for the client.</summary>
/// <param name="Reason">Kind of fault.</param>
/// <param name="Code">Diagnostic code, <c>SD4###</c>.</param>
/// <param name="Message">What is wrong, naming what the client sent.</param>
public sealed record SessionClose(CloseReason Reason, string Code, string Message);
