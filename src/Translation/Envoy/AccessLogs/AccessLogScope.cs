namespace Stagedoor.Translation.Envoy;

/// <summary>One access log on its way to Envoy: what it needs, and where it is reported.</summary>
/// <param name="listener">The listener that logs.</param>
/// <param name="field">The option that it stands in.</param>
internal sealed class AccessLogScope(ListenerScope listener, string field)
{
    /// <summary>The listener.</summary>
    public ListenerScope Listener { get; } = listener;

    /// <summary>Whether the log must be left out.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>An error: the log is left out.</summary>
    public void Error(string reason)
    {
        IsBroken = true;
        Listener.Problems.Add(Problem.Error(
            EnvoyCodes.InvalidAccessLog, $"{field}: {reason}; this log is left out"));
    }

    /// <summary>Checks a format.</summary>
    public void CheckFormat(string format, bool withFormatters)
    {
        if (FormatOperators.Problem(format, withFormatters) is { } why) Error(why);
    }
}
