namespace Stagedoor.Translation;

/// <summary>Ends the scan of a regular expression; never leaves <see cref="Re2Syntax"/>.</summary>
internal sealed class Re2SyntaxException(string message) : Exception(message);
