using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Watchers;

/// <summary>What one file contributes, as of its last reading.</summary>
internal sealed class FileState
{
    /// <summary>The last good text of every object that is, or may be, in the file.</summary>
    public Dictionary<ResourceKey, Candidate> Candidates { get; init; } = [];

    /// <summary>What there is to say about the file itself: errors, held objects, an object written twice.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>
    /// The state after a reading. An object in error, or that may be in a part that cannot be read, keeps its last good
    /// text (I4); of an object written twice the text in force stays, else the first counts.
    /// </summary>
    public static FileState Next(string file, FileState? before, DocumentSet read, DateTimeOffset now)
    {
        var candidates = new Dictionary<ResourceKey, Candidate>();
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        diagnostics.AddRange(read.Diagnostics);
        foreach (var resource in read.Resources) Add(resource, before, candidates, diagnostics, now);
        if (before is not null) Hold(file, before, read, candidates, diagnostics);
        return new FileState { Candidates = candidates, Diagnostics = diagnostics.ToImmutable() };
    }

    private static void Add(
        Resource resource, FileState? before, Dictionary<ResourceKey, Candidate> candidates,
        ImmutableArray<Diagnostic>.Builder diagnostics, DateTimeOffset now)
    {
        var past = before?.Candidates.GetValueOrDefault(resource.Key);
        var next = Candidate.Read(resource, past, now);
        if (!candidates.TryGetValue(resource.Key, out var other))
        {
            candidates[resource.Key] = next;
            return;
        }

        var keepsOther = past is null || past.ContentHash == other.ContentHash || past.ContentHash != next.ContentHash;
        var (winner, loser) = keepsOther ? (other, next) : (next, other);
        candidates[resource.Key] = winner;
        diagnostics.Add(Duplicates.Loser(loser.Resource!, winner.Resource!.Source));
        diagnostics.Add(Duplicates.Winner(winner.Resource!, loser.Resource!.Source));
    }

    private static void Hold(
        string file, FileState before, DocumentSet read, Dictionary<ResourceKey, Candidate> candidates,
        ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        if (read.Broken.IsEmpty && !read.HasUnidentified) return;
        var broken = read.Broken.ToHashSet();
        foreach (var (key, past) in before.Candidates.OrderBy(pair => pair.Key))
        {
            if (candidates.ContainsKey(key) || !(read.HasUnidentified || broken.Contains(key))) continue;
            if (past.Hold() is { } held)
            {
                candidates[key] = held;
                diagnostics.Add(Note(file, key, "keeps its last good text until the file can be read"));
            }
            else
            {
                diagnostics.Add(Note(file, key, "is not in force: its last good text was not kept or its key is lost"));
            }
        }
    }

    private static Diagnostic Note(string file, ResourceKey key, string message) =>
        new(FileCodes.Held, Severity.Warning, message) { Resource = key, Source = new SourceLocation(file, 0) };
}
