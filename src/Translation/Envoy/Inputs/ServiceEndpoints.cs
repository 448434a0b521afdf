using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>What the catalog says of a Service's endpoints: its slices, or the older Endpoints object.</summary>
/// <param name="Slices">EndpointSlices that name the Service, in the order of their keys.</param>
/// <param name="Endpoints">The Endpoints object of the Service's name; null if there is none.</param>
internal sealed record ServiceEndpoints(ImmutableArray<Resource> Slices, Resource? Endpoints);
