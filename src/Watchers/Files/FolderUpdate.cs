using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Watchers;

/// <summary>One step of the folder.</summary>
/// <param name="Change">What changed.</param>
/// <param name="Diagnostics">Everything there is to say afterwards.</param>
internal sealed record FolderUpdate(StateChange Change, ImmutableArray<Diagnostic> Diagnostics);
