namespace Stagedoor.Translation.Gateway;

/// <summary>What a Gateway becomes in the Proxy (gateway-translation 1.4).</summary>
internal enum ListenerShape
{
    /// <summary>The Gateway has no type.</summary>
    None,

    /// <summary>An HttpListener.</summary>
    Http,

    /// <summary>A TcpListener.</summary>
    Tcp,

    /// <summary>A HybridListener of matched gateways.</summary>
    Hybrid,

    /// <summary>A HybridListener of selected matchable gateways.</summary>
    HybridDelegated,

    /// <summary>An AggregateListener of an HTTP Gateway.</summary>
    Aggregate,

    /// <summary>An AggregateListener of matched gateways.</summary>
    AggregateHybrid,

    /// <summary>An AggregateListener of selected matchable gateways.</summary>
    AggregateDelegated,
}
