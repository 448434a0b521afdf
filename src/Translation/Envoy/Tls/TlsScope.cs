namespace Stagedoor.Translation.Envoy;

/// <summary>What the parts of one TLS context read, and where they report and put the secrets they need.</summary>
/// <param name="view">The inputs.</param>
/// <param name="now">When it is, for expiry; null if nobody said.</param>
internal sealed class TlsScope(TrackedView view, DateTimeOffset? now)
{
    private const string InlineAnnotation = "stagedoor.io/inline-certificates";

    /// <summary>The inputs.</summary>
    public TrackedView View { get; } = view;

    /// <summary>When it is; null if nobody said.</summary>
    public DateTimeOffset? Now { get; } = now;

    /// <summary>SDS resources that the context refers to.</summary>
    public SecretSet Secrets { get; } = new();

    /// <summary>What is wrong.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>Whether the context must not be used: what it protects stays closed.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>
    /// Whether certificates are written into listeners and clusters, as Gloo does, instead of being served by SDS
    /// (annotation <c>stagedoor.io/inline-certificates: "true"</c> of the Settings).
    /// </summary>
    public bool IsInline =>
        View.Find(GlooSettings.KeyIn(View.View))?.Metadata.Annotations.GetValueOrDefault(InlineAnnotation) == "true";

    /// <summary>Something that makes the whole context unusable.</summary>
    public void Fail(string code, string message)
    {
        IsBroken = true;
        Problems.Add(Problem.Error(code, message));
    }
}
