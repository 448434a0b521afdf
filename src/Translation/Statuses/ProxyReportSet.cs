using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Statuses;

/// <summary>What the translation of one Proxy says.</summary>
/// <param name="Proxy">Which Proxy.</param>
/// <param name="Exists">Whether there is a Proxy; false if its Gateways have nothing to listen for.</param>
/// <param name="Reports">One report a resource.</param>
public sealed record ProxyReportSet(ProxyId Proxy, bool Exists, ImmutableArray<ResourceReport> Reports);
