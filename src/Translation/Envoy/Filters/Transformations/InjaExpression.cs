using System.Collections.Frozen;
using System.Globalization;

namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>Compiles an Inja expression to a Lua expression over <c>c</c>, the state of a run.</summary>
internal sealed class InjaExpression(InjaTokens tokens, bool isAdvanced, TemplateFacts facts)
{
    private const int MaxDepth = 50;

    private static readonly string[][] Operators =
    [
        ["or"], ["and"], ["in", "==", "!=", "<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"], ["^"],
    ];

    private static readonly FrozenSet<string> Words =
        new[] { "and", "or", "not", "in", "true", "false", "null" }.ToFrozenSet(StringComparer.Ordinal);

    private int _depth;

    /// <summary>The expression, up to where it ends.</summary>
    public string Compile() => Binary(0);

    private string Binary(int level)
    {
        if (level == Operators.Length) return Unary();
        var left = Binary(level + 1);
        while (Array.Exists(Operators[level], tokens.Next.Is))
        {
            var op = tokens.Take().Text;
            left = Apply(op, left, Binary(level + 1));
        }

        return left;
    }

    private static string Apply(string op, string left, string right) => op switch
    {
        "or" => $"(truthy({left}) or truthy({right}))",
        "and" => $"(truthy({left}) and truthy({right}))",
        "in" => $"has({right},{left})",
        "==" => $"eq({left},{right})",
        "!=" => $"(not eq({left},{right}))",
        "<" => $"lt({left},{right})",
        ">" => $"lt({right},{left})",
        "<=" => $"(not lt({right},{left}))",
        ">=" => $"(not lt({left},{right}))",
        "+" => $"add({left},{right})",
        "-" => $"(need({left})-need({right}))",
        "*" => $"(need({left})*need({right}))",
        "/" => $"div({left},{right})",
        "%" => $"mod({left},{right})",
        _ => $"(need({left})^need({right}))",
    };

    private string Unary()
    {
        if (++_depth > MaxDepth) throw new TransformationException("an expression is nested too deeply");
        try
        {
            if (tokens.Take("not")) return $"(not truthy({Unary()}))";
            return tokens.Take("-") ? $"(-need({Unary()}))" : Primary();
        }
        finally
        {
            _depth--;
        }
    }

    private string Primary()
    {
        if (tokens.Take("("))
        {
            var inner = Binary(0);
            tokens.Expect(")");
            return inner;
        }

        if (tokens.Take("[")) return $"arr({{{string.Join(',', Items("]"))}}})";
        if (tokens.Take("{")) return Object();
        var isCall = tokens.Follows("(");
        var token = tokens.Take();
        switch (token.Kind)
        {
            case InjaKind.Text:
                return LuaText.Quote(token.Text);
            case InjaKind.Number when double.TryParse(token.Text, NumberStyles.AllowDecimalPoint, null, out var number):
                return number.ToString("R", CultureInfo.InvariantCulture);
            case InjaKind.Id when token.Text is "true" or "false":
                return token.Text;
            case InjaKind.Id when token.Text == "null":
                return "NULL";
            case InjaKind.Id when isCall:
                return Call(token.Text);
            case InjaKind.Id when !Words.Contains(token.Text):
                return Variable(token.Text);
            default:
                throw new TransformationException(
                    token.Kind == InjaKind.End ? "an expression is missing" : $"unexpected '{token.Text}'");
        }
    }

    /// <summary>The path that a name means: dots lead into objects, slashes in advanced templates.</summary>
    private string[] PathOf(string name)
    {
        if (name.Length > 0) facts.ReadsBody = true;
        return name.Split(isAdvanced ? '/' : '.', StringSplitOptions.RemoveEmptyEntries);
    }

    private string Variable(string name) => $"get(c,{LuaText.Path(PathOf(name))})";

    private string Object()
    {
        var fields = new List<string>();
        while (!tokens.Take("}"))
        {
            if (fields.Count > 0) tokens.Expect(",");
            var key = tokens.Take();
            if (key.Kind != InjaKind.Text) throw new TransformationException("a key must be a string");
            tokens.Expect(":");
            fields.Add($"[{LuaText.Quote(key.Text)}]={Binary(0)}");
        }

        return $"obj({{{string.Join(',', fields)}}})";
    }

    private List<string> Items(string end)
    {
        var items = new List<string>();
        while (!tokens.Take(end))
        {
            if (items.Count > 0) tokens.Expect(",");
            items.Add(Binary(0));
        }

        return items;
    }

    private string Call(string name)
    {
        tokens.Expect("(");
        var literal = tokens.Next is { Kind: InjaKind.Text } text && tokens.Follows(")") ? text.Text : null;
        var arguments = Items(")");
        if (!InjaFunctions.Arity.TryGetValue(name, out var arity))
            throw new TransformationException($"there is no function '{name}'");
        if (arguments.Count < arity.Least || arguments.Count > arity.Most)
            throw new TransformationException($"{name} takes {arity.Least} to {arity.Most} arguments");
        facts.Note(name, literal);
        return name switch
        {
            "default" => $"F.default(c,function() return {arguments[0]} end,function() return {arguments[1]} end)",
            "exists" => literal is null
                ? throw new TransformationException("exists takes a name in quotes")
                : $"(lookup(c,{LuaText.Path(PathOf(literal))})~=nil)",
            _ => $"F.{name}(c{string.Concat(arguments.Select(argument => "," + argument))})",
        };
    }
}
