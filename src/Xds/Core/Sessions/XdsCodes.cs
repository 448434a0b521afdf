namespace Stagedoor.Xds.Sessions;

/// <summary>Diagnostic codes of xDS and nodes (<c>docs/diagnostics.md</c>).</summary>
public static class XdsCodes
{
    /// <summary>A client rejected a response.</summary>
    public const string Rejected = "SD4001";

    /// <summary>A client names no role: it gets the fallback configuration.</summary>
    public const string NoRole = "SD4002";

    /// <summary>A client holds a newer generation than this server.</summary>
    public const string ClientAhead = "SD4003";

    /// <summary>A client asks for a type that is not served.</summary>
    public const string UnknownType = "SD4004";

    /// <summary>A client changed its node within a stream.</summary>
    public const string NodeChanged = "SD4005";

    /// <summary>A request is not well-formed.</summary>
    public const string BadRequest = "SD4006";

    /// <summary>A client subscribes to more names, or longer ones, than allowed.</summary>
    public const string TooManyNames = "SD4007";

    /// <summary>Too many streams, in total or of one node.</summary>
    public const string TooManyStreams = "SD4008";

    /// <summary>A client does not read.</summary>
    public const string SlowClient = "SD4009";

    /// <summary>A client does not answer.</summary>
    public const string SilentClient = "SD4010";

    /// <summary>A client sends requests without end.</summary>
    public const string RequestFlood = "SD4011";

    /// <summary>A unary or REST request for a proxy of which there is no snapshot (yet).</summary>
    public const string NoSnapshot = "SD4012";

    /// <summary>A resource cannot be written as JSON for REST.</summary>
    public const string NoJson = "SD4013";

    /// <summary>The files of the server's TLS cannot be used.</summary>
    public const string TlsFiles = "SD4014";

    /// <summary>A client's certificate does not entitle it to what it asks for.</summary>
    public const string NotEntitled = "SD4015";

    /// <summary>A client asks for the status of more resources than fit into one answer.</summary>
    public const string TooMuchStatus = "SD4016";
}
