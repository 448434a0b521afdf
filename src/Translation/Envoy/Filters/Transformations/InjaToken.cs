namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>What a token of an Inja expression is.</summary>
internal enum InjaKind
{
    End,
    Id,
    Number,
    Text,
    Symbol,
}

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a string its value.</param>
internal readonly record struct InjaToken(InjaKind Kind, string Text)
{
    /// <summary>Whether it is this symbol or word.</summary>
    public bool Is(string text) => Kind is InjaKind.Symbol or InjaKind.Id && Text == text;
}
