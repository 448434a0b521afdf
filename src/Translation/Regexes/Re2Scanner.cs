using System.Globalization;

namespace Stagedoor.Translation;

/// <summary>
/// One pass over a regular expression. Keeps what matters for syntax: open groups and what may be repeated.
/// </summary>
internal sealed class Re2Scanner(string text)
{
    private const int MaxDepth = 1000;
    private const int MaxRepeat = 1000;

    private readonly Stack<Group> _open = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private Group _group;
    private int _at;
    private int _repeatedAt;

    private bool AtEnd => _at >= text.Length;

    /// <summary>Scans to the end.</summary>
    /// <exception cref="Re2SyntaxException">RE2 would reject the expression.</exception>
    public void Run()
    {
        while (!AtEnd) Step();
        if (_open.Count > 0) throw Error("missing closing )");
    }

    private void Step()
    {
        var c = text[_at];
        switch (c)
        {
            case '(':
                OpenGroup();
                return;
            case ')':
                CloseGroup();
                return;
            case '|':
                _at++;
                _group.EndBranch();
                return;
            case '*' or '+' or '?':
                Repeat(_at, _at + 1, 1);
                return;
            case '{' when TryCount(out var end, out var most):
                Repeat(_at, end, most);
                return;
            case '[':
                _at = Re2CharacterClass.Skip(text, _at);
                break;
            case '\\':
                Escape();
                return;
            default:
                _at++;
                break;
        }

        _group.Operand(1);
    }

    /// <summary>Only counted repetitions are unrolled, so only they multiply.</summary>
    private void Repeat(int from, int end, int most)
    {
        if (end < text.Length && text[end] == '?') end++;
        var written = text[from..end];
        _at = end;
        if (!_group.HasOperand) throw Error($"no argument for repetition operator: {written}");
        if (_group.IsRepeated) throw Error($"bad repetition operator: {text[_repeatedAt..end]}");
        if (most > MaxRepeat || !_group.Repeat(most, MaxRepeat)) throw Error($"invalid repetition size: {written}");
        _repeatedAt = from;
    }

    /// <summary>Reads <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>; anything else is literal text.</summary>
    private bool TryCount(out int end, out int most)
    {
        most = 0;
        end = _at + 1;
        if (!TryNumber(ref end, out var low)) return false;
        var high = low;
        if (end < text.Length && text[end] == ',')
        {
            end++;
            if (!TryNumber(ref end, out high)) high = -1;
        }

        if (end >= text.Length || text[end] != '}') return false;
        end++;
        most = high < 0 ? low : high;
        if (high >= 0 && low > high) most = MaxRepeat + 1;
        return true;
    }

    private bool TryNumber(ref int at, out int number)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        number = MaxRepeat + 1;
        if (at == from) return false;
        if (int.TryParse(text.AsSpan(from, at - from), NumberStyles.None, CultureInfo.InvariantCulture, out var read))
            number = Math.Min(read, MaxRepeat + 1);
        return true;
    }

    private void Escape()
    {
        if (_at + 1 >= text.Length) throw Error("trailing \\ at end of expression");
        switch (text[_at + 1])
        {
            case 'Q':
                var end = text.IndexOf("\\E", _at + 2, StringComparison.Ordinal);
                var quoted = (end < 0 ? text.Length : end) - (_at + 2);
                _at = end < 0 ? text.Length : end + 2;
                if (quoted > 0) _group.Operand(1);
                return;
            case 'A' or 'z' or 'b' or 'B' or 'C':
                _at += 2;
                break;
            default:
                _at = Re2Escapes.Skip(text, _at);
                break;
        }

        _group.Operand(1);
    }

    private void OpenGroup()
    {
        if (_open.Count >= MaxDepth) throw Error("expression nests too deeply");
        if (_at + 1 < text.Length && text[_at + 1] == '?')
        {
            var end = Re2Groups.Skip(text, _at, _names, out var opens);
            _at = end;
            if (!opens)
            {
                _group.IsRepeated = false;
                return;
            }
        }
        else
        {
            _at++;
        }

        _open.Push(_group);
        _group = default;
    }

    private void CloseGroup()
    {
        if (!_open.TryPop(out var outer)) throw Error("unexpected )");
        _at++;
        var inner = _group.Size;
        _group = outer;
        _group.Operand(Math.Max(inner, 1));
    }

    private static Re2SyntaxException Error(string message) => new(Shorten.Text(message));

    /// <summary>
    /// The state of one group: whether there is something to repeat, and how large its counted repetitions get.
    /// </summary>
    private struct Group
    {
        private int _last;

        public bool HasOperand { get; private set; }

        public bool IsRepeated { get; set; }

        public int Size { get; private set; }

        public void Operand(int size)
        {
            HasOperand = true;
            IsRepeated = false;
            _last = size;
            Size = Math.Max(Size, size);
        }

        public void EndBranch()
        {
            HasOperand = false;
            IsRepeated = false;
        }

        public bool Repeat(int most, int limit)
        {
            _last *= Math.Max(most, 1);
            Size = Math.Max(Size, _last);
            IsRepeated = true;
            return _last <= limit;
        }
    }
}
