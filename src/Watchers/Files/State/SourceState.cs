using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Watchers;

/// <summary>One file that was read, or (no documents) is gone.</summary>
internal readonly record struct FileChange(string File, DocumentSet? Documents);

/// <summary>What a step of the state changes outside of it.</summary>
/// <param name="Upserts">Objects to put into the catalog.</param>
/// <param name="Removals">Objects to take out of it.</param>
/// <param name="Stored">Claims to store anew, with their texts.</param>
/// <param name="Forgotten">Claims to forget.</param>
internal sealed record StateChange(
    ImmutableArray<Resource> Upserts,
    ImmutableArray<ResourceKey> Removals,
    ImmutableArray<(StoredRecord Record, Resource Resource)> Stored,
    ImmutableArray<(string File, ResourceKey Key)> Forgotten)
{
    public bool IsEmpty => Upserts.Length + Removals.Length == 0;
}

/// <summary>
/// What the files hold, and which of them counts for each object. Pure: reads no clock and no file. The result does not
/// depend on the order of the files, except that the text in force stays.
/// </summary>
internal sealed class SourceState
{
    private readonly Dictionary<string, FileState> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<ResourceKey, ObjectState> _objects = [];
    private readonly SortedSet<string> _noisy = new(StringComparer.Ordinal);
    private readonly SortedSet<ResourceKey> _duplicated = [];
    private static readonly Dictionary<ResourceKey, Candidate> NoCandidates = [];

    /// <param name="stored">What the store kept.</param>
    public SourceState(IEnumerable<StoredDocument> stored)
    {
        foreach (var document in stored)
        {
            var (file, key) = (document.Record.File, document.Record.Key);
            if (!_files.TryGetValue(file, out var state)) _files[file] = state = new FileState();
            state.Candidates[key] = Candidate.Stored(document);
            if (!_objects.TryGetValue(key, out var known))
                _objects[key] = known = new ObjectState(document.Record.Age);
            known.Files.Add(file);
            if (document.Record.InForce) known.InForce = file;
        }
    }

    /// <summary>Files that hold, or held, something.</summary>
    public IEnumerable<string> Files => _files.Keys;

    /// <summary>The objects of a file.</summary>
    public IReadOnlyCollection<ResourceKey> ObjectsOf(string file) =>
        _files.TryGetValue(file, out var state) ? state.Candidates.Keys : [];

    /// <summary>All claims as they should be stored.</summary>
    public List<(StoredRecord Record, Resource Resource)> Claims() =>
        [
            .. _files.Values
                .SelectMany(file => file.Candidates.Values)
                .Where(candidate => candidate is { Persisted: not null, Resource: not null })
                .Select(candidate => (candidate.Persisted!, candidate.Resource!)),
        ];

    /// <summary>Takes some files' new content, as one step.</summary>
    public StateChange Apply(IReadOnlyList<FileChange> changes, DateTimeOffset now)
    {
        var step = new Step(now);
        foreach (var change in changes) Replace(change, step);
        foreach (var key in step.Affected.Order()) Decide(key, step);
        return step.Finish();
    }

    /// <summary>Everything there is to say, ordered by file, line and code.</summary>
    public ImmutableArray<Diagnostic> Diagnostics(IEnumerable<Diagnostic> others)
    {
        var all = new List<Diagnostic>(others);
        foreach (var file in _noisy) all.AddRange(_files[file].Diagnostics);
        foreach (var key in _duplicated)
        {
            var known = _objects[key];
            var winner = known.Current!;
            foreach (var file in known.Files)
            {
                if (file == known.InForce || _files[file].Candidates[key].Resource is not { } loser) continue;
                all.Add(Duplicates.Loser(loser, winner.Source));
                all.Add(Duplicates.Winner(winner, loser.Source));
            }
        }

        all.Sort(DiagnosticOrder.Instance);
        return [.. all];
    }

    private void Replace(FileChange change, Step step)
    {
        var (file, read) = change;
        var before = _files.GetValueOrDefault(file);
        var next = read is null ? null : FileState.Next(file, before, read, step.Now);
        foreach (var key in Keys(before))
        {
            step.Affected.Add(key);
            if (next?.Candidates.ContainsKey(key) == true) continue;
            step.Forgotten.Add((file, key));
            _objects[key].Files.Remove(file);
        }

        foreach (var key in Keys(next))
        {
            step.Affected.Add(key);
            if (!_objects.TryGetValue(key, out var known)) _objects[key] = known = new ObjectState(step.Now);
            known.Files.Add(file);
        }

        if (next is null || (next.Candidates.Count == 0 && next.Diagnostics.IsEmpty)) _files.Remove(file);
        else _files[file] = next;
        if (next?.Diagnostics.IsEmpty == false) _noisy.Add(file);
        else _noisy.Remove(file);
    }

    private static Dictionary<ResourceKey, Candidate>.KeyCollection Keys(FileState? file) =>
        (file?.Candidates ?? NoCandidates).Keys;

    private void Decide(ResourceKey key, Step step)
    {
        var known = _objects[key];
        if (known.Files.Count == 0)
        {
            _objects.Remove(key);
            _duplicated.Remove(key);
            if (known.Current is not null) step.Removals.Add(key);
            return;
        }

        if (known.InForce is null || !known.Files.Contains(known.InForce))
            known.InForce = known.Files
                .OrderBy(file => _files[file].Candidates[key].FirstSeen)
                .ThenBy(file => file, StringComparer.Ordinal)
                .First();
        if (known.Files.Count > 1) _duplicated.Add(key);
        else _duplicated.Remove(key);
        Put(key, known, step);
        foreach (var file in known.Files) Store(file, key, known, step);
    }

    private void Put(ResourceKey key, ObjectState known, Step step)
    {
        var candidate = _files[known.InForce!].Candidates[key];
        // Only stored: its file was not part of this step, which happens before the first list is complete.
        if (candidate.Resource is not { } read) return;
        var created = read.Metadata.Created == default ? known.Age : read.Metadata.Created;
        var next = read with { IsHeld = candidate.IsHeld, Metadata = read.Metadata with { Created = created } };
        if (known.Current is { } current && current.ContentHash == next.ContentHash
            && current.Metadata.Generation == next.Metadata.Generation)
        {
            // The same content keeps its body, so that memoised translation knows it again.
            if (current.IsHeld == next.IsHeld && current.Source == next.Source && current.Metadata.Created == created)
            {
                candidate.Resource = current;
                return;
            }

            next = next with { Body = current.Body };
        }

        known.Current = next;
        candidate.Resource = next;
        step.Upserts.Add(next);
    }

    private void Store(string file, ResourceKey key, ObjectState known, Step step)
    {
        var candidate = _files[file].Candidates[key];
        if (candidate.Resource is not { } resource) return;
        var record = new StoredRecord(
            file, key, resource.ContentHash, candidate.FirstSeen, known.Age, file == known.InForce);
        if (record == candidate.Persisted) return;
        candidate.Persisted = record;
        step.Stored.Add((record, resource));
    }

    /// <summary>One object over all files.</summary>
    private sealed class ObjectState(DateTimeOffset age)
    {
        public DateTimeOffset Age { get; } = age;

        public SortedSet<string> Files { get; } = new(StringComparer.Ordinal);

        public string? InForce { get; set; }

        public Resource? Current { get; set; }
    }

    private sealed class Step(DateTimeOffset now)
    {
        public DateTimeOffset Now { get; } = now;

        public HashSet<ResourceKey> Affected { get; } = [];

        public List<Resource> Upserts { get; } = [];

        public List<ResourceKey> Removals { get; } = [];

        public List<(StoredRecord, Resource)> Stored { get; } = [];

        public List<(string, ResourceKey)> Forgotten { get; } = [];

        public StateChange Finish() => new([.. Upserts], [.. Removals], [.. Stored], [.. Forgotten]);
    }
}
