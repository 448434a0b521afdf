using Solo.Core;
using Stagedoor.Api;

namespace Stagedoor.Translation.Statuses;

/// <summary>The status of one resource, as Gloo writes it below <c>status.statuses.[namespace]</c>.</summary>
/// <param name="Resource">Whose it is.</param>
/// <param name="Status">State, reason and the statuses of the Proxies it takes part in.</param>
public sealed record ResourceStatus(ResourceKey Resource, Status Status);
