using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>A problem with whom it is blamed on.</summary>
/// <param name="Sources">Input resources, innermost first; empty if the Proxy itself is all that is known.</param>
/// <param name="Problem">What is wrong, in the words of Gloo's reports.</param>
/// <param name="Field">Path within the Proxy.</param>
internal sealed record Finding(ImmutableArray<ResourceKey> Sources, Problem Problem, string Field);
