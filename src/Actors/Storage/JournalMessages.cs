using System.Collections.Immutable;
using Akka.Actor;
using Stagedoor.Actors.Proxies;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Storage;

/// <summary>To the owner: the journal was read.</summary>
/// <param name="State">What it holds.</param>
/// <param name="Missing">What could not be decrypted or is damaged.</param>
internal sealed record JournalRead(ProxyState State, ImmutableHashSet<ResourceName> Missing)
    : INoSerializationVerificationNeeded;

/// <summary>To the journal: make this the last state.</summary>
internal sealed record WriteState(ProxyState Target) : INoSerializationVerificationNeeded;

/// <summary>To the owner: this state and all before are in the journal.</summary>
internal sealed record StateWritten(Generation UpTo) : INoSerializationVerificationNeeded;

/// <summary>To the owner: the journal failed and ends; it has to be made anew.</summary>
/// <param name="Cause">What the database said.</param>
/// <param name="WhileReading">Whether it could not even be read.</param>
internal sealed record JournalFailed(string Cause, bool WhileReading) : INoSerializationVerificationNeeded;
