namespace Stagedoor.Api.Core;

/// <summary>core/v1 Namespace: its labels, in the resource's metadata, are all that is used.</summary>
public sealed record Namespace;
