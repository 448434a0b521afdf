using System.Collections;

namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>A set of bytes: what one position of a regular expression may match.</summary>
internal sealed class ByteSet
{
    private readonly BitArray _bits = new(256);

    /// <summary>Every byte but line ends.</summary>
    public static ByteSet Dot => new ByteSet().Add('\n').Add('\r').Negated();

    public static ByteSet Digits => new ByteSet().AddRange('0', '9');

    public static ByteSet Word => new ByteSet().AddRange('a', 'z').AddRange('A', 'Z').AddRange('0', '9').Add('_');

    public static ByteSet Space => new ByteSet().AddRange('\t', '\r').Add(' ');

    /// <summary>Whether it holds a byte.</summary>
    public bool Has(int value) => _bits[value];

    public ByteSet Add(int value) => AddRange(value, value);

    public ByteSet AddRange(int from, int to)
    {
        for (var i = from; i <= to; i++) _bits[i] = true;
        return this;
    }

    public ByteSet AddAll(ByteSet other)
    {
        _bits.Or(other._bits);
        return this;
    }

    public ByteSet Negated()
    {
        _bits.Not();
        return this;
    }

    /// <summary>The set of a POSIX class such as <c>alnum</c>; null if there is none of that name.</summary>
    public static ByteSet? Posix(string name)
    {
        var set = new ByteSet();
        for (var i = 0; i < 128; i++)
        {
            var c = (char)i;
            bool? isIn = name switch
            {
                "alnum" => char.IsAsciiLetterOrDigit(c),
                "alpha" => char.IsAsciiLetter(c),
                "digit" or "d" => char.IsAsciiDigit(c),
                "lower" => char.IsAsciiLetterLower(c),
                "upper" => char.IsAsciiLetterUpper(c),
                "xdigit" => char.IsAsciiHexDigit(c),
                "punct" => c > ' ' && c < 127 && !char.IsAsciiLetterOrDigit(c),
                "space" or "s" => c is (>= '\t' and <= '\r') or ' ',
                "blank" => c is '\t' or ' ',
                "cntrl" => c < ' ' || c == 127,
                "print" => c is >= ' ' and < (char)127,
                "graph" => c is > ' ' and < (char)127,
                "w" => char.IsAsciiLetterOrDigit(c) || c == '_',
                _ => null,
            };
            if (isIn is null) return null;
            if (isIn == true) set.Add(i);
        }

        return set;
    }

    /// <summary>The call that makes it in Lua.</summary>
    public string ToLua()
    {
        var ranges = new List<string>();
        for (var i = 0; i < 256; i++)
        {
            if (!_bits[i]) continue;
            var from = i;
            while (i < 255 && _bits[i + 1]) i++;
            ranges.Add($",{{{LuaText.Number(from)},{LuaText.Number(i)}}}");
        }

        return $"set(false{string.Concat(ranges)})";
    }
}
