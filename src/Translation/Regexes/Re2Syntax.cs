namespace Stagedoor.Translation;

/// <summary>
/// Checks regular expressions against the syntax of RE2, which Envoy uses. Takes time linear in the length, whatever
/// the text; says nothing of the size of the compiled program, which Envoy limits too.
/// </summary>
public static class Re2Syntax
{
    /// <summary>What is wrong, in RE2's words; null if RE2 accepts the expression.</summary>
    public static string? Check(string regex)
    {
        ArgumentNullException.ThrowIfNull(regex);
        var scan = new Re2Scanner(regex);
        try
        {
            scan.Run();
            return null;
        }
        catch (Re2SyntaxException error)
        {
            return error.Message;
        }
    }
}
