using System.Text;

namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>Compiles an Inja template to a Lua function that gives a string.</summary>
internal sealed class InjaTemplate
{
    private const int MaxLength = 65_536;
    private const int MaxDepth = 50;

    private readonly string _text;
    private readonly bool _isAdvanced;
    private readonly TemplateFacts _facts;
    private readonly StringBuilder _output = new();
    private readonly Stack<string> _open = new();

    private InjaTemplate(string text, bool isAdvanced, TemplateFacts facts) =>
        (_text, _isAdvanced, _facts) = (text, isAdvanced, facts);

    /// <summary>The function.</summary>
    /// <exception cref="TransformationException">The template is not one.</exception>
    public static string Compile(string text, bool isAdvanced, TemplateFacts facts)
    {
        if (text.Length > MaxLength)
            throw new TransformationException($"a template must have at most {MaxLength} characters");
        return new InjaTemplate(text, isAdvanced, facts).Run();
    }

    private string Run()
    {
        _output.Append("function(c) local o={} ");
        var trim = false;
        for (var at = 0; at < _text.Length;)
        {
            var (start, open, close) = NextTag(at);
            var plain = _text[at..start];
            if (trim) plain = plain.TrimStart();
            if (start < _text.Length && IsTrimming(start + open.Length)) plain = plain.TrimEnd();
            if (plain.Length > 0) _output.Append("put(c,o,").Append(LuaText.Quote(plain)).Append(") ");
            if (start == _text.Length) break;
            (at, trim) = Tag(start + open.Length, open, close);
        }

        if (_open.Count > 0) throw new TransformationException($"'{{% {_open.Peek()} %}}' is not closed");
        return _output.Append("return concat(o) end").ToString();
    }

    private (int Start, string Open, string Close) NextTag(int from)
    {
        for (var i = from; i < _text.Length; i++)
        {
            if (_text[i] == '{' && i + 1 < _text.Length)
            {
                switch (_text[i + 1])
                {
                    case '{':
                        return (i, "{{", "}}");
                    case '%':
                        return (i, "{%", "%}");
                    case '#':
                        return (i, "{#", "#}");
                }
            }

            if (_text[i] == '#' && (i == 0 || _text[i - 1] == '\n') && i + 1 < _text.Length && _text[i + 1] == '#')
                return (i, "##", "\n");
        }

        return (_text.Length, "", "");
    }

    private bool IsTrimming(int at) => at < _text.Length && _text[at] == '-';

    private (int At, bool Trim) Tag(int from, string open, string close)
    {
        if (open != "##" && IsTrimming(from)) from++;
        var end = EndOf(from, close);
        var stop = end < 0 && close == "\n" ? _text.Length : end;
        if (stop < 0) throw new TransformationException($"'{open}' is not closed");
        var inner = _text[from..stop];
        var trim = close != "\n" && inner.EndsWith('-');
        if (trim) inner = inner[..^1];
        if (open == "{{") Print(inner);
        else if (open != "{#") Statement(inner);
        return (Math.Min(stop + close.Length, _text.Length), trim);
    }

    // The end of a tag does not stand in a string.
    private int EndOf(int from, string close)
    {
        if (close is "\n" or "#}") return _text.IndexOf(close, from, StringComparison.Ordinal);
        for (var i = from; i < _text.Length; i++)
        {
            if (_text.AsSpan(i).StartsWith(close, StringComparison.Ordinal)) return i;
            if (_text[i] != '"') continue;
            for (i++; i < _text.Length && _text[i] != '"'; i++)
                if (_text[i] == '\\')
                    i++;
        }

        return -1;
    }

    private void Print(string text)
    {
        var tokens = new InjaTokens(text);
        _output.Append("put(c,o,show(c,").Append(Expression(tokens)).Append(")) ");
        tokens.ExpectEnd();
    }

    private void Statement(string text)
    {
        var tokens = new InjaTokens(text);
        var word = tokens.Take();
        switch (word.Text)
        {
            case "if":
                Open("if");
                _output.Append("if truthy(").Append(Expression(tokens)).Append(") then ");
                break;
            case "else" when tokens.Take("if"):
                Inside("if");
                _output.Append("elseif truthy(").Append(Expression(tokens)).Append(") then ");
                break;
            case "else":
                Inside("if");
                _open.Pop();
                _open.Push("else");
                _output.Append("else ");
                break;
            case "endif":
                if (!_open.TryPop(out var condition) || condition is not ("if" or "else"))
                    throw new TransformationException("'endif' without 'if'");
                _output.Append("end ");
                break;
            case "for":
                Loop(tokens);
                break;
            case "endfor":
                if (!_open.TryPop(out var loop) || loop != "for")
                    throw new TransformationException("'endfor' without 'for'");
                _output.Append("end) ");
                break;
            case "set":
                var name = Name(tokens);
                tokens.Expect("=");
                _output.Append("c.vars[").Append(name).Append("]=").Append(Expression(tokens)).Append(' ');
                break;
            default:
                throw new TransformationException($"the statement '{word.Text}' is not supported");
        }

        tokens.ExpectEnd();
    }

    private void Loop(InjaTokens tokens)
    {
        Open("for");
        var value = Name(tokens);
        var key = "nil";
        if (tokens.Take(",")) (key, value) = (value, Name(tokens));
        tokens.Expect("in");
        _output.Append("each(c,").Append(value).Append(',').Append(key).Append(',').Append(Expression(tokens))
            .Append(",function() ");
    }

    private void Open(string what)
    {
        if (_open.Count >= MaxDepth) throw new TransformationException("statements are nested too deeply");
        _open.Push(what);
    }

    private void Inside(string what)
    {
        if (!_open.TryPeek(out var open) || open != what)
            throw new TransformationException($"'else' without '{what}'");
    }

    private static string Name(InjaTokens tokens)
    {
        var token = tokens.Take();
        return token.Kind == InjaKind.Id && token.Text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? LuaText.Quote(token.Text)
            : throw new TransformationException($"'{token.Text}' cannot be the name of a variable");
    }

    private string Expression(InjaTokens tokens) => new InjaExpression(tokens, _isAdvanced, _facts).Compile();
}
