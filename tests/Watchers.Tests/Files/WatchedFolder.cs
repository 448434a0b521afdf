using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Solo.Gateway;
using Stagedoor.Api;
using Xunit;

namespace Stagedoor.Watchers.Tests.Files;

/// <summary>A folder of its own with a source and a catalog; every view that the catalog had is kept.</summary>
internal sealed class WatchedFolder : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly string _home = System.IO.Directory.CreateTempSubdirectory("stagedoor-test-").FullName;
    private readonly Func<FileSourceOptions, FileSourceOptions> _configure;
    private ConcurrentQueue<CatalogChange> _history = new();
    private FileSource? _source;

    public WatchedFolder(Func<FileSourceOptions, FileSourceOptions>? configure = null)
    {
        _configure = configure ?? (options => options);
        System.IO.Directory.CreateDirectory(Directory);
    }

    public string Directory => Path.Combine(_home, "config");

    public string Data => Path.Combine(_home, "data");

    public Catalog Catalog { get; private set; } = new();

    /// <summary>Every step of the catalog since the start, the first of them before any source.</summary>
    public IReadOnlyList<CatalogChange> History => [.. _history];

    public string PathOf(string file) => Path.Combine(Directory, file);

    /// <summary>Saves a file in place: open, truncate, write, close.</summary>
    public void Write(string file, string text)
    {
        var path = PathOf(file);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Saves a file as careful programs do: beside it, then renamed over it.</summary>
    public void Replace(string file, string text)
    {
        var aside = PathOf(file) + ".tmp";
        File.WriteAllText(aside, text);
        File.Move(aside, PathOf(file), overwrite: true);
    }

    public async Task<FileSourceStart> StartAsync()
    {
        _history = new ConcurrentQueue<CatalogChange>();
        Catalog = new Catalog();
        Catalog.Subscribe(_history.Enqueue);
        var options = _configure(new FileSourceOptions { Directory = Directory, DataDirectory = Data });
        _source = new FileSource(options, Catalog, TimeProvider.System, NullLogger.Instance);
        return await _source.StartAsync(TestContext.Current.CancellationToken);
    }

    public async Task StopAsync()
    {
        if (_source is not null) await _source.DisposeAsync();
        _source = null;
    }

    /// <summary>Waits until the catalog is as wanted; the view that was.</summary>
    public async Task<CatalogView> Until(Func<CatalogView, bool> wanted)
    {
        var found = new TaskCompletionSource<CatalogView>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = Catalog.Subscribe(change =>
        {
            if (wanted(change.View)) found.TrySetResult(change.View);
        });
        try
        {
            return await found.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"the catalog stayed at: {Describe(Catalog.Current)}");
        }
    }

    /// <summary>Waits until the objects are these, as <c>name=version</c>, a star behind a held one.</summary>
    public Task<CatalogView> UntilObjects(params string[] objects) =>
        Until(view => Objects(view).SequenceEqual(objects));

    /// <summary>Waits until a file has a diagnostic with this code.</summary>
    public async Task<Diagnostic> UntilDiagnostic(string file, string code)
    {
        var view = await Until(v => v.Diagnostics.Any(d => d.Source?.File == file && d.Code == code));
        return view.Diagnostics.First(d => d.Source?.File == file && d.Code == code);
    }

    public static ImmutableArray<string> Objects(CatalogView view) =>
        [
            .. view.OfKind(ResourceKinds.VirtualService).Values.Select(resource =>
                $"{resource.Key.Name}={resource.As<VirtualService>().DisplayName}{(resource.IsHeld ? "*" : "")}"),
        ];

    /// <summary>No view since the start, once it was there, was without this object.</summary>
    public void NeverWithout(string name)
    {
        var key = ResourceKey.Of(ResourceKinds.VirtualService, "default", name);
        History.Select(change => change.View.Find(key) is not null).SkipWhile(has => !has)
            .ShouldAllBe(has => has);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        System.IO.Directory.Delete(_home, recursive: true);
    }

    private static string Describe(CatalogView view) =>
        $"{string.Join(", ", Objects(view))}; {string.Join("; ", view.Diagnostics)}";
}
