using Akka.Actor;
using Stagedoor.Actors.Board;
using Stagedoor.Actors.Storage;

namespace Stagedoor.Actors.Proxies;

/// <summary>What all owners of proxies on a node share.</summary>
/// <param name="Options">Catalog, functions, intervals.</param>
/// <param name="Store">The node's contents.</param>
/// <param name="Records">States to and from the journal.</param>
/// <param name="Board">Where they show themselves.</param>
/// <param name="Upstreams">The region of Upstreams.</param>
internal sealed record ProxyContext(
    StagedoorActorsOptions Options,
    BodyStore Store,
    ProxyRecords Records,
    ControlPlaneBoard Board,
    Func<IActorRef> Upstreams);
