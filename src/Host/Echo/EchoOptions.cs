using System.Net;

namespace Stagedoor.Host.Echo;

/// <summary>How the echo backend listens and what it calls itself.</summary>
/// <param name="Name">Name that every answer carries.</param>
/// <param name="Address">Address to bind.</param>
/// <param name="Port">Port to bind; 0 means any free one.</param>
internal sealed record EchoOptions(string Name, IPAddress Address, int Port);
