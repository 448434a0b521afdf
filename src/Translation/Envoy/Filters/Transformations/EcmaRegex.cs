using System.Globalization;
using System.Text;

namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>
/// Compiles a regular expression of ECMAScript's grammar, as C++ has it and Gloo's extractors use it, to Lua functions
/// that match bytes. Envoy's Lua has no regular expressions of its own.
/// </summary>
internal sealed class EcmaRegex
{
    private const int MaxLength = 4096;
    private const int MaxRepeat = 1000;
    private const int MaxDepth = 50;

    private readonly string _text;
    private int _at;
    private int _groups;
    private int _depth;

    private EcmaRegex(string text) => _text = text;

    /// <summary>The Lua expression of its matcher, and how many groups it has.</summary>
    /// <exception cref="TransformationException">It is not one, or uses what is not supported.</exception>
    public static (string Lua, int Groups) Compile(string text)
    {
        if (text.Length > MaxLength)
            throw new TransformationException($"the regular expression is longer than {MaxLength} characters");
        var regex = new EcmaRegex(text);
        var lua = regex.Alternatives();
        return regex._at == text.Length
            ? (lua, regex._groups)
            : throw new TransformationException("unexpected ')' in a regular expression");
    }

    private bool Take(char c)
    {
        if (_at >= _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private string Alternatives()
    {
        if (++_depth > MaxDepth) throw new TransformationException("a regular expression is nested too deeply");
        var list = new List<string> { Sequence() };
        while (Take('|')) list.Add(Sequence());
        _depth--;
        return list.Count == 1 ? list[0] : $"alt({{{string.Join(',', list)}}})";
    }

    private string Sequence()
    {
        var list = new List<string>();
        while (_at < _text.Length && _text[_at] is not ('|' or ')')) Term(list);
        return list.Count == 1 ? list[0] : $"seq({{{string.Join(',', list)}}})";
    }

    private void Term(List<string> list)
    {
        if (Take('^')) list.Add("bol");
        else if (Take('$')) list.Add("eol");
        else if (Take('(')) list.Add(Quantified(Group(), null));
        else if (_text[_at] is '*' or '+' or '?' or '{')
            throw new TransformationException($"nothing to repeat before '{_text[_at]}'");
        else if (_text[_at] == '\\' && _at + 1 < _text.Length && _text[_at + 1] is 'b' or 'B')
        {
            list.Add($"bound({LuaText.Bool(_text[_at + 1] == 'B')})");
            _at += 2;
        }
        else
        {
            var set = Atom(out var rest);
            if (rest is null) list.Add(Quantified($"one({set.ToLua()})", set));
            else
            {
                // A character of several bytes is repeated as a whole.
                var bytes = string.Join(',', new[] { set }.Concat(rest).Select(one => $"one({one.ToLua()})"));
                list.Add(Quantified($"seq({{{bytes}}})", null));
            }
        }
    }

    private string Group()
    {
        var kind = "(";
        foreach (var prefix in new[] { "?:", "?=", "?!" })
        {
            if (!_text.AsSpan(_at).StartsWith(prefix, StringComparison.Ordinal)) continue;
            kind = prefix;
            _at += prefix.Length;
        }

        if (kind == "(" && _at < _text.Length && _text[_at] == '?')
            throw new TransformationException("this kind of group is not supported in a regular expression");
        var number = kind == "(" ? ++_groups : 0;
        var inner = Alternatives();
        if (!Take(')')) throw new TransformationException("')' is missing in a regular expression");
        return kind switch
        {
            "?:" => inner,
            "?=" => $"look({inner},false)",
            "?!" => $"look({inner},true)",
            _ => $"group({LuaText.Number(number)},{inner})",
        };
    }

    private string Quantified(string matcher, ByteSet? set)
    {
        int least, most;
        if (Take('*')) (least, most) = (0, int.MaxValue);
        else if (Take('+')) (least, most) = (1, int.MaxValue);
        else if (Take('?')) (least, most) = (0, 1);
        else if (Take('{')) (least, most) = Counts();
        else return matcher;
        var lazy = LuaText.Bool(Take('?'));
        var counts = $"{LuaText.Number(least)},{LuaText.Number(most)},{lazy}";
        return set is null ? $"rep({matcher},{counts})" : $"rep1({set.ToLua()},{counts})";
    }

    private (int Least, int Most) Counts()
    {
        var least = Count() ?? throw new TransformationException("a number is missing in '{}'");
        var most = least;
        if (Take(',')) most = Count() ?? int.MaxValue;
        if (!Take('}')) throw new TransformationException("'}' is missing in a regular expression");
        return least <= most && least <= MaxRepeat && most is <= MaxRepeat or int.MaxValue
            ? (least, most)
            : throw new TransformationException("a repeat count is out of order or too large");
    }

    private int? Count()
    {
        var from = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
        if (from == _at) return null;
        return int.TryParse(_text.AsSpan(from, _at - from), NumberStyles.None, null, out var count)
            ? count
            : throw new TransformationException("a repeat count is too large");
    }

    private ByteSet Atom(out List<ByteSet>? rest)
    {
        rest = null;
        if (Take('.')) return ByteSet.Dot;
        if (Take('[')) return Class();
        if (Take('\\')) return Escape(false);
        var length = char.IsHighSurrogate(_text[_at]) && _at + 1 < _text.Length ? 2 : 1;
        var bytes = Encoding.UTF8.GetBytes(_text.Substring(_at, length));
        _at += length;
        if (bytes.Length > 1) rest = [.. bytes.Skip(1).Select(b => new ByteSet().Add(b))];
        return new ByteSet().Add(bytes[0]);
    }

    private ByteSet Escape(bool isInClass)
    {
        if (_at >= _text.Length) throw new TransformationException("a regular expression ends with '\\'");
        var c = _text[_at++];
        switch (c)
        {
            case 'd':
                return ByteSet.Digits;
            case 'D':
                return ByteSet.Digits.Negated();
            case 'w':
                return ByteSet.Word;
            case 'W':
                return ByteSet.Word.Negated();
            case 's':
                return ByteSet.Space;
            case 'S':
                return ByteSet.Space.Negated();
            case 'x':
                return new ByteSet().Add(Hex(2));
            case 'u':
                var code = Hex(4);
                return code < 128
                    ? new ByteSet().Add(code)
                    : throw new TransformationException("\\u above 007f is not supported in a regular expression");
        }

        var value = c switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'f' => '\f',
            'v' => '\v',
            '0' => '\0',
            'b' when isInClass => '\b',
            _ when char.IsAsciiLetterOrDigit(c) || c > 127 =>
                throw new TransformationException($"'\\{c}' is not supported in a regular expression"),
            _ => c,
        };
        return new ByteSet().Add(value);
    }

    private int Hex(int digits)
    {
        if (_at + digits > _text.Length || !int.TryParse(
            _text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw new TransformationException("hexadecimal digits are missing in a regular expression");
        _at += digits;
        return value;
    }

    private ByteSet Class()
    {
        var isNegated = Take('^');
        var set = new ByteSet();
        while (!Take(']'))
        {
            if (_at >= _text.Length) throw new TransformationException("']' is missing in a regular expression");
            set.AddAll(Member());
        }

        return isNegated ? set.Negated() : set;
    }

    private ByteSet Member()
    {
        if (_text.AsSpan(_at).StartsWith("[:", StringComparison.Ordinal))
        {
            var end = _text.IndexOf(":]", _at, StringComparison.Ordinal);
            var name = end < 0 ? "" : _text[(_at + 2)..end];
            _at = end + 2;
            return ByteSet.Posix(name)
                ?? throw new TransformationException($"there is no class [:{name}:] in a regular expression");
        }

        var from = Single(out var set);
        if (from < 0 || _at + 1 >= _text.Length || _text[_at] != '-' || _text[_at + 1] == ']') return set;
        _at++;
        var to = Single(out _);
        return to >= from
            ? new ByteSet().AddRange(from, to)
            : throw new TransformationException("a range is out of order in a regular expression");
    }

    // The byte of a member, or -1 if it stands for a set.
    private int Single(out ByteSet set)
    {
        if (Take('\\'))
        {
            var isSet = _at < _text.Length && _text[_at] is 'd' or 'D' or 'w' or 'W' or 's' or 'S';
            set = Escape(true);
            if (isSet) return -1;
            return Enumerable.Range(0, 256).First(set.Has);
        }

        var c = _text[_at++];
        if (c > 127)
            throw new TransformationException("only ASCII is supported within '[]' of a regular expression");
        set = new ByteSet().Add(c);
        return c;
    }
}
