using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>Makes diagnostics that point at their resource.</summary>
internal static class Remark
{
    public static Diagnostic Error(Resource on, string code, string? field, string message) =>
        Of(on, code, Severity.Error, field, message);

    public static Diagnostic Warning(Resource on, string code, string? field, string message) =>
        Of(on, code, Severity.Warning, field, message);

    public static Diagnostic Info(Resource on, string code, string? field, string message) =>
        Of(on, code, Severity.Info, field, message);

    public static Diagnostic Of(Resource on, string code, Severity severity, string? field, string message) =>
        new(code, severity, message) { Resource = on.Key, Source = on.Source, Field = field };
}
