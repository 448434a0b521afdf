namespace Stagedoor.Host.Envoys;

/// <summary>Lets at most so many lines a second through, and counts what it held back.</summary>
/// <param name="perSecond">Lines a second.</param>
internal sealed class LogBound(int perSecond)
{
    private long _second = -1;
    private int _passed;
    private long _held;

    /// <summary>
    /// Whether a line may pass at this second. <paramref name="heldBefore"/> is what was held back in earlier seconds
    /// and not told yet.
    /// </summary>
    public bool Passes(long second, out long heldBefore)
    {
        heldBefore = 0;
        if (second != _second)
        {
            (heldBefore, _held) = (_held, 0);
            (_second, _passed) = (second, 0);
        }

        if (_passed++ < perSecond) return true;
        _held++;
        return false;
    }
}
