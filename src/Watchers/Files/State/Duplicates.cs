using Stagedoor.Api;

namespace Stagedoor.Watchers;

/// <summary>The words about an object that stands in two places: both places are named at both.</summary>
internal static class Duplicates
{
    private const string Advice = "keep the object in one place";

    public static Diagnostic Loser(Resource loser, SourceLocation winner) =>
        Say(loser, $"also in {winner}, which is in force");

    public static Diagnostic Winner(Resource winner, SourceLocation loser) =>
        Say(winner, $"in force, but also in {loser}");

    private static Diagnostic Say(Resource resource, string message) =>
        new(FileCodes.Duplicate, Severity.Error, message)
        {
            Resource = resource.Key,
            Source = resource.Source,
            Hint = Advice,
        };
}
