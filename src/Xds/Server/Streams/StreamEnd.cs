using Grpc.Core;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Streams;

/// <summary>Why the server ends a stream, in gRPC's terms.</summary>
internal sealed record StreamEnd(string Code, StatusCode Status, string Reason)
{
    public static readonly StreamEnd Stopping = new("", StatusCode.Unavailable, "the server is stopping");

    /// <summary>Whether it was logged and counted where it was found.</summary>
    public bool IsCounted { get; init; }

    /// <summary>Whether it is worth a warning.</summary>
    public bool IsFault => Code.Length > 0;

    public static StreamEnd Of(SessionClose close) => new(
        close.Code,
        close.Reason == CloseReason.InvalidArgument ? StatusCode.InvalidArgument : StatusCode.ResourceExhausted,
        close.Message);

    /// <summary>The words for the client.</summary>
    public string Text => IsFault ? $"{Code}: {Reason}" : Reason;

    public RpcException ToException() => new(new Status(Status, Text));
}
