using Akka.Actor;
using Stagedoor.Translation;

namespace Stagedoor.Actors.Proxies;

/// <summary>On the event stream of a node: every source has answered (rule I2's fence).</summary>
internal sealed record CatalogSynced : INoSerializationVerificationNeeded;

/// <summary>To the owner, from its worker.</summary>
/// <param name="Result">The translation; null if it ended with an exception.</param>
/// <param name="Error">The exception.</param>
internal sealed record Translated(ProxyTranslation? Result, Exception? Error) : INoSerializationVerificationNeeded;
