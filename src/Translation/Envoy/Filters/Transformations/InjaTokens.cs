using System.Text.Json;

namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>Reads the tokens of one expression or statement.</summary>
internal sealed class InjaTokens
{
    private static readonly string[] Symbols =
    [
        "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "^", "(", ")", "[", "]", "{", "}", ",", ":", "=",
    ];

    private readonly List<InjaToken> _tokens = [];
    private int _at;

    public InjaTokens(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c)) i++;
            else if (c == '"') i = String(text, i);
            else if (char.IsAsciiDigit(c)) i = Take(text, i, InjaKind.Number, c => char.IsAsciiDigit(c) || c == '.');
            else if (char.IsAsciiLetter(c) || c == '_') i = Take(text, i, InjaKind.Id, IsOfId);
            else
            {
                var symbol = Array.Find(Symbols, symbol => text.AsSpan(i).StartsWith(symbol, StringComparison.Ordinal))
                    ?? throw new TransformationException($"unexpected '{c}' in '{text.Trim()}'");
                _tokens.Add(new InjaToken(InjaKind.Symbol, symbol));
                i += symbol.Length;
            }
        }
    }

    /// <summary>The next token, not taken.</summary>
    public InjaToken Next => _at < _tokens.Count ? _tokens[_at] : default;

    /// <summary>Whether a symbol follows directly.</summary>
    public bool Follows(string symbol) => _at + 1 < _tokens.Count && _tokens[_at + 1].Is(symbol);

    /// <summary>Takes the next token.</summary>
    public InjaToken Take() => _at < _tokens.Count ? _tokens[_at++] : default;

    /// <summary>Takes this symbol or word if it comes next.</summary>
    public bool Take(string text)
    {
        if (!Next.Is(text)) return false;
        _at++;
        return true;
    }

    /// <summary>Takes this symbol or word, which must come next.</summary>
    public void Expect(string text)
    {
        if (!Take(text))
            throw new TransformationException(
                Next.Kind == InjaKind.End ? $"'{text}' is missing" : $"'{text}' was expected before '{Next.Text}'");
    }

    /// <summary>Nothing may be left.</summary>
    public void ExpectEnd()
    {
        if (Next.Kind != InjaKind.End) throw new TransformationException($"unexpected '{Next.Text}'");
    }

    // Inja's names hold dots, slashes and hyphens.
    private static bool IsOfId(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or '-';

    private int Take(string text, int from, InjaKind kind, Func<char, bool> belongs)
    {
        var to = from;
        while (to < text.Length && belongs(text[to])) to++;
        _tokens.Add(new InjaToken(kind, text[from..to]));
        return to;
    }

    private int String(string text, int from)
    {
        for (var i = from + 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"')
            {
                _tokens.Add(new InjaToken(InjaKind.Text, Unquoted(text[from..(i + 1)])));
                return i + 1;
            }
        }

        throw new TransformationException("a string is not closed");
    }

    private static string Unquoted(string literal)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(literal)!;
        }
        catch (JsonException)
        {
            throw new TransformationException($"{literal} is not a string");
        }
    }
}
