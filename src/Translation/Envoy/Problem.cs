using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>What a feature has to say; who is to blame is known one level up.</summary>
/// <param name="Code">A constant of <see cref="EnvoyCodes"/>.</param>
/// <param name="Severity">An error replaces or leaves out the piece; a warning does not.</param>
/// <param name="Message">One sentence.</param>
internal readonly record struct Problem(string Code, Severity Severity, string Message)
{
    public static Problem Error(string code, string message) => new(code, Severity.Error, message);

    public static Problem Warning(string code, string message) => new(code, Severity.Warning, message);
}
