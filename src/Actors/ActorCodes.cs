namespace Stagedoor.Actors;

/// <summary>Codes of the actors and their storage (SD5xxx); each has a section in <c>docs/diagnostics.md</c>.</summary>
internal static class ActorCodes
{
    /// <summary>The journal of a proxy cannot be read: nothing is served of it until it can.</summary>
    public const string JournalUnreadable = "SD5001";

    /// <summary>The journal cannot be written: changes go out, but a crash would lose them.</summary>
    public const string JournalUnwritable = "SD5002";

    /// <summary>A stored resource could not be decrypted or is damaged: it is waited for.</summary>
    public const string BodyMissing = "SD5003";

    /// <summary>Another process uses the data directory.</summary>
    public const string DataInUse = "SD5004";

    /// <summary>A translation ended with an exception: the configuration before stays in force.</summary>
    public const string TranslationFailed = "SD5005";

    /// <summary>An Envoy rejected a resource that this input made.</summary>
    public const string Rejected = "SD5010";
}
