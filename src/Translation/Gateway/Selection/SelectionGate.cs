namespace Stagedoor.Translation.Gateway;

/// <summary>The gate at which a Gateway turned a VirtualService away.</summary>
public enum SelectionGate
{
    /// <summary>
    /// The Gateway serves VirtualServices with sslConfig and this one has none, or the other way round.
    /// </summary>
    Ssl,

    /// <summary>An expression of the Gateway is wrong, so that it selects nothing.</summary>
    BadExpression,

    /// <summary>The Gateway names the VirtualServices that it serves, and this is none of them.</summary>
    Reference,

    /// <summary>The namespace is not among those that the Gateway allows.</summary>
    Namespace,

    /// <summary>The labels are not those that the Gateway asks for.</summary>
    Labels,
}
