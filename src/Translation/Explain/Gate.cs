namespace Stagedoor.Translation.Explain;

/// <summary>The gates on the way from a document to Envoy, in the order in which they are passed.</summary>
public enum Gate
{
    /// <summary>The object is in the inputs and readable.</summary>
    Read,

    /// <summary>Its namespace is watched.</summary>
    Watched,

    /// <summary>The classic API is translated at all.</summary>
    Controller,

    /// <summary>There is a Gateway, and Gateways of its namespace are read.</summary>
    Gateway,

    /// <summary>Something refers to the object.</summary>
    Referred,

    /// <summary>The Gateway is of a type that serves the object.</summary>
    GatewayType,

    /// <summary>The Gateway serves VirtualServices with sslConfig, or those without.</summary>
    Ssl,

    /// <summary>The expressions of the Gateway are valid.</summary>
    Expression,

    /// <summary>The Gateway's list of references names it.</summary>
    Reference,

    /// <summary>The Gateway allows its namespace.</summary>
    Namespace,

    /// <summary>The Gateway's labels or expressions select it.</summary>
    Labels,

    /// <summary>The Gateway listens: it has something to serve and its address is its own.</summary>
    Listens,

    /// <summary>At least one of its domains is not taken by an older VirtualService.</summary>
    Domains,

    /// <summary>What refers to the object takes effect itself.</summary>
    Parent,

    /// <summary>Its routes contain what the delegating route's matcher demands.</summary>
    Matchers,

    /// <summary>Envoy would accept what was made of it.</summary>
    Valid,
}
