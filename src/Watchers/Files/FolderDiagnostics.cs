using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Watchers;

/// <summary>What there is to say about the folder as a whole.</summary>
internal sealed class FolderDiagnostics
{
    private const int MostOthers = 1000;
    private ImmutableArray<Diagnostic> _listing = [];
    private Diagnostic? _problem;
    private HashSet<string>? _dead;

    /// <summary>Counts changes of <see cref="All"/>.</summary>
    public int Version { get; private set; }

    /// <summary>Whether the folder is doubted.</summary>
    public bool HasProblem => _problem is not null;

    public IEnumerable<Diagnostic> All => _problem is null ? _listing : _listing.Append(_problem);

    /// <summary>The folder is not there.</summary>
    public void Missing() => Problem(new Diagnostic(
        FileCodes.FolderMissing, Severity.Error, "the configuration folder is missing; what was in force stays")
    {
        Source = new SourceLocation(".", 0),
    });

    /// <summary>The folder is empty, but is not believed to be.</summary>
    public void Emptied() => Problem(new Diagnostic(
        FileCodes.FolderEmptied, Severity.Error,
        "the configuration folder is empty all of a sudden; what was in force stays")
    {
        Source = new SourceLocation(".", 0),
        Hint = "put the files back, or start with an empty folder allowed",
    });

    /// <summary>The folder was listed.</summary>
    public void Listed(FolderListing listing, TreeWatch? watch, FileSourceOptions options, bool isBelieved)
    {
        var all = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var other in listing.Others.Take(MostOthers))
            all.Add(Say(FileCodes.IgnoredFile, Severity.Info, other, "is no YAML or JSON file and is not read"));
        foreach (var (file, reason) in listing.Dead.Take(MostOthers).Where(dead => IsSure(dead.Key)))
            all.Add(Say(FileCodes.NoFile, Severity.Error, file, $"{reason}, so that it cannot be read"));
        _dead = [.. listing.Dead.Keys];
        foreach (var (folder, reason) in listing.Failed)
            all.Add(Say(
                FileCodes.FolderUnreadable, Severity.Error, folder.Length == 0 ? "." : folder,
                $"the folder cannot be listed ({reason}); what was in force stays"));
        if (listing.IsTruncated)
            all.Add(Say(
                FileCodes.Limit, Severity.Error, ".",
                $"more than {options.MaxFiles} files or {options.MaxFolderDepth} levels; the rest is not read"));
        if (watch is { IsIncomplete: true })
            all.Add(Say(
                FileCodes.NoEvents, Severity.Warning, ".",
                "the kernel watches no more folders (fs.inotify.max_user_watches); changes are found by comparing"));
        var problem = isBelieved ? null : _problem;
        if (_listing.SequenceEqual(all) && Equals(problem, _problem)) return;
        _listing = all.ToImmutable();
        _problem = problem;
        Version++;
    }

    /// <summary>
    /// A link may lead nowhere for the moment in which a volume is swung: what is said counts from the second list on.
    /// </summary>
    private bool IsSure(string file) => _dead?.Contains(file) != false;

    /// <summary>What the folder holds is believed.</summary>
    public void Believed() => Problem(null);

    private void Problem(Diagnostic? problem)
    {
        if (problem == _problem) return;
        _problem = problem;
        Version++;
    }

    private static Diagnostic Say(string code, Severity severity, string file, string message) =>
        new(code, severity, message) { Source = new SourceLocation(file, 0) };
}
