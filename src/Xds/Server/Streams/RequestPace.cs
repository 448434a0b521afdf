namespace Stagedoor.Xds.Server.Streams;

/// <summary>A token bucket over one stream's requests: how long to leave the next one unread.</summary>
internal sealed class RequestPace(int perSecond, int burst, DateTimeOffset now)
{
    private double _tokens = burst;
    private DateTimeOffset _at = now;

    public TimeSpan Take(DateTimeOffset now)
    {
        _tokens = Math.Min(burst, _tokens + ((now - _at).TotalSeconds * perSecond)) - 1;
        _at = now;
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
    }
}
