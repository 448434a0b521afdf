namespace Stagedoor.Xds;

/// <summary>
/// The xDS resource types that Stagedoor speaks. The numbers are stored in journals: never renumber.
/// </summary>
public enum XdsType
{
    /// <summary>No type; never a resource's.</summary>
    None = 0,

    /// <summary>LDS.</summary>
    Listener = 1,

    /// <summary>RDS.</summary>
    RouteConfiguration = 2,

    /// <summary>CDS.</summary>
    Cluster = 3,

    /// <summary>EDS.</summary>
    ClusterLoadAssignment = 4,

    /// <summary>SDS.</summary>
    Secret = 5,

    /// <summary>RTDS: spoken, but nothing produces such a resource.</summary>
    Runtime = 6,

    /// <summary>ECDS: spoken, but nothing produces such a resource.</summary>
    ExtensionConfig = 7,

    /// <summary>VHDS (delta only): spoken, but nothing produces such a resource.</summary>
    VirtualHost = 8,
}
