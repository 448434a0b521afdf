using Akka.Actor;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Replicas;

/// <summary>To the manager: sessions of this node want a proxy.</summary>
internal sealed record Wanted(string Proxy, SnapshotCell Cell) : INoSerializationVerificationNeeded;

/// <summary>To the manager: no session wants it at present.</summary>
internal sealed record Unwanted(string Proxy) : INoSerializationVerificationNeeded;
