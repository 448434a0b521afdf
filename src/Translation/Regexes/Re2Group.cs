namespace Stagedoor.Translation;

/// <summary>
/// The state of one group while it is scanned: whether there is something to repeat, how large its counted repetitions
/// get, and the size of its program.
/// </summary>
internal struct Re2Group
{
    private int _lastRepeats;
    private Re2Size _last;
    private Re2Size _branch;
    private Re2Size? _branches;

    /// <summary>Whether there is something before the cursor that a quantifier may repeat.</summary>
    public bool HasOperand { get; private set; }

    /// <summary>Whether that is repeated already.</summary>
    public bool IsRepeated { get; set; }

    /// <summary>Whether the group captures what it matches.</summary>
    public bool Captures { get; set; }

    /// <summary>The greatest product of nested counts, which RE2 limits.</summary>
    public int Repeats { get; private set; }

    /// <summary>The size of the group's program.</summary>
    public readonly Re2Size Whole => _branches?.Or(_branch + _last) ?? _branch + _last;

    public void Operand(int repeats, Re2Size size)
    {
        HasOperand = true;
        IsRepeated = false;
        _branch += _last;
        _last = size;
        _lastRepeats = repeats;
        Repeats = Math.Max(Repeats, repeats);
    }

    public void EndBranch()
    {
        HasOperand = false;
        IsRepeated = false;
        _branches = Whole + Re2Size.Alternative;
        _branch = default;
        _last = default;
    }

    /// <summary>Repeats the last operand; false if that is more often than the limit.</summary>
    /// <param name="count">The counts that it is unrolled to; null for <c>*</c>, <c>+</c> and <c>?</c>.</param>
    /// <param name="once">Whether it has to be there at least once.</param>
    /// <param name="limit">RE2's limit of nested counts.</param>
    public bool Repeat((int Least, int Most)? count, bool once, int limit)
    {
        IsRepeated = true;
        _last = count is var (least, most) ? _last.Times(least, most) : _last.Repeated(once);
        _lastRepeats *= Math.Max(count?.Most ?? 1, 1);
        Repeats = Math.Max(Repeats, _lastRepeats);
        return _lastRepeats <= limit;
    }
}
