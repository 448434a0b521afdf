using System.Text.RegularExpressions;

namespace Stagedoor.Api.GatewayApi;

/// <summary>A form that strings must have: lengths in characters, and a pattern.</summary>
/// <param name="Description">In words, for messages.</param>
/// <param name="Least">Shortest.</param>
/// <param name="Most">Longest.</param>
/// <param name="Pattern">What it must match; null: anything.</param>
public sealed record StringFormat(string Description, int Least, int Most, Regex? Pattern)
{
    /// <summary>Whether the text has this form.</summary>
    public bool Allows(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length >= Least && text.Length <= Most && Pattern?.IsMatch(text) != false;
    }
}
