using Solo.Gloo;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// A Gateway, or one matched or delegated part of a hybrid Gateway: HTTP (a set) or TCP (a listener).
/// </summary>
/// <param name="Matcher">What connections it takes; null for a Gateway that is not hybrid.</param>
/// <param name="Field">Its path within the Gateway.</param>
internal sealed record SubGateway(Matcher? Matcher, string Field)
{
    /// <summary>The VirtualServices of an HTTP part.</summary>
    public VirtualServiceSet? Set { get; init; }

    /// <summary>Options of an HTTP part.</summary>
    public HttpListenerOptions? Options { get; init; }

    /// <summary>The TCP part.</summary>
    public TcpListener? Tcp { get; init; }
}
