using System.Globalization;
using System.Text;

namespace Stagedoor.Translation;

/// <summary>
/// One pass over a regular expression. Keeps what matters for syntax (open groups, what may be repeated) and adds up
/// bounds of the size of the program that RE2 would compile it to.
/// </summary>
/// <param name="text">The expression; for the alphabet of bytes, its UTF-8 with each byte as one character.</param>
/// <param name="alphabet">What a character is.</param>
internal sealed class Re2Scanner(string text, Re2Alphabet alphabet)
{
    private const int MaxDepth = 1000;
    private const int MaxRepeat = 1000;

    private readonly Stack<Re2Group> _open = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private Re2Group _group;
    private int _at;
    private int _repeatedAt;
    private bool _anchored;
    private bool _folds;

    private Re2Size Class => _folds ? Re2Size.FoldedClass : Re2Size.Class;

    private bool AtEnd => _at >= text.Length;

    /// <summary>Scans to the end; the size of the program.</summary>
    /// <exception cref="Re2SyntaxException">RE2 would reject the expression.</exception>
    public Re2Size Run()
    {
        while (!AtEnd) Step();
        if (_open.Count > 0) throw Error("missing closing )");
        return _group.Whole.Framed();
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
                Repeat(_at, _at + 1, null);
                return;
            case '{' when TryCount(out var end, out var count):
                Repeat(_at, end, count);
                return;
            case '[':
                _at = Re2CharacterClass.Skip(text, _at, alphabet, _folds, out var size);
                _group.Operand(1, size);
                return;
            case '\\':
                Escape();
                return;
            case '^':
                _at++;
                Begin();
                return;
            case '$':
                _at++;
                _group.Operand(1, Re2Size.EmptyWidth);
                return;
            default:
                _at++;
                if (char.IsHighSurrogate(c) && !AtEnd) _at++;
                _group.Operand(1, c == '.' ? Class : Literal([c]));
                return;
        }
    }

    /// <summary>RE2 matches the literal text behind an anchor by other means than its program.</summary>
    private void Begin()
    {
        _anchored = true;
        _group.Operand(1, Re2Size.EmptyWidth);
    }

    /// <summary>At most four bytes each in UTF-8, and four times that where case does not matter.</summary>
    private Re2Size Literal(ReadOnlySpan<char> written) =>
        new(_anchored ? 0 : 1, (!_folds && Ascii.IsValid(written) ? 1 : 16) * written.Length);

    /// <summary>Only counted repetitions are unrolled, so only they multiply.</summary>
    private void Repeat(int from, int end, (int Least, int Most)? count)
    {
        if (end < text.Length && text[end] == '?') end++;
        var written = text[from..end];
        _at = end;
        if (!_group.HasOperand) throw Error($"no argument for repetition operator: {written}");
        if (_group.IsRepeated) throw Error($"bad repetition operator: {text[_repeatedAt..end]}");
        if (count?.Most > MaxRepeat || !_group.Repeat(count, text[from] == '+', MaxRepeat))
            throw Error($"invalid repetition size: {written}");
        _repeatedAt = from;
    }

    /// <summary>Reads <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>; anything else is literal text.</summary>
    private bool TryCount(out int end, out (int Least, int Most) count)
    {
        count = default;
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
        count = (low, high < 0 ? low : low > high ? MaxRepeat + 1 : high);
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
                for (var i = _at - quoted - (end < 0 ? 0 : 2); quoted > 0; quoted--, i++)
                    _group.Operand(1, Literal(text.AsSpan(i, 1)));
                return;
            case 'A':
                _at += 2;
                Begin();
                return;
            case 'z' or 'b' or 'B':
                _at += 2;
                _group.Operand(1, Re2Size.EmptyWidth);
                return;
            case 'C':
                _at += 2;
                _group.Operand(1, Class);
                return;
            default:
                var isProperty = text[_at + 1] is 'p' or 'P';
                _at = Re2Escapes.Skip(text, _at, alphabet, out var rune);
                _group.Operand(1, isProperty ? Re2Size.Property : rune < 0 ? Class
                    : Literal([(char)Math.Min(rune, char.MaxValue)]));
                return;
        }
    }

    private void OpenGroup()
    {
        if (_open.Count >= MaxDepth) throw Error("expression nests too deeply");
        var captures = true;
        var open = _at;
        if (_at + 1 < text.Length && text[_at + 1] == '?')
        {
            var names = _names.Count;
            _at = Re2Groups.Skip(text, _at, _names, out var opens);
            captures = _names.Count > names;
            _folds |= !captures && text.AsSpan(open, _at - open).Contains('i');
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
        _group.Captures = captures;
    }

    private void CloseGroup()
    {
        if (!_open.TryPop(out var outer)) throw Error("unexpected )");
        _at++;
        var inner = _group;
        _group = outer;
        _group.Operand(Math.Max(inner.Repeats, 1), inner.Whole + (inner.Captures ? Re2Size.Capture : default));
    }

    private static Re2SyntaxException Error(string message) => new(Shorten.Text(message));
}
