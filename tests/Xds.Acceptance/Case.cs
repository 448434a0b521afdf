using System.Globalization;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Stagedoor.Xds.Acceptance.Serving;
using Stagedoor.Xds.Acceptance.Wire;

namespace Stagedoor.Xds.Acceptance;

/// <summary>One case on a gateway, with its load and what it begins with.</summary>
internal sealed class Case : IAsyncDisposable
{
    private readonly List<SteadyLoad> _loads = [];
    private readonly List<IAsyncDisposable> _parts = [];

    private Case(Gateway gateway) => Gateway = gateway;

    public Gateway Gateway { get; }

    public World World => Gateway.World;

    public WireTap Tap => Gateway.Tap;

    /// <summary>Where the wire stood when the case began.</summary>
    public int Mark { get; private set; }

    /// <summary>How many updates the Envoy is to reject.</summary>
    public int PlannedRejections { get; set; }

    public static async Task<Case> BeginAsync(Gateway gateway)
    {
        var begun = new Case(gateway);
        begun.Load(gateway.Http);
        await begun.AnswersAsync("/", gateway.A.Name);
        begun.Mark = gateway.Tap.Mark;
        return begun;
    }

    /// <summary>More load, that ends with the case like the first.</summary>
    public void Load(HttpProbe http, string path = "/") => _loads.Add(SteadyLoad.Start(http, path));

    /// <summary>Ends with the case.</summary>
    public T Own<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }

    /// <summary>The next generation: with these resources, without those names.</summary>
    public void Publish(params EncodedResource[] resources) => World.Publish(resources);

    /// <summary>… and waits until the Envoy has accepted it.</summary>
    public Task ApplyAsync(params EncodedResource[] resources)
    {
        Publish(resources);
        return Gateway.SettledAsync();
    }

    /// <summary>The next generation without this resource.</summary>
    public void Remove(XdsType type, string name) => World.Publish([], (type, name));

    /// <summary>Waits until a path is answered by this backend.</summary>
    public Task AnswersAsync(string path, string backend, HttpProbe? http = null, TimeSpan? patience = null) =>
        Wait.UntilAsync(
            $"{path} to be answered by {backend}",
            async () => (await (http ?? Gateway.Http).GetAsync(path)).Body == backend, patience);

    /// <summary>Requests, one after the other; each must be answered by this backend.</summary>
    public async Task MustAnswerAsync(string path, string backend, int times = 20)
    {
        for (var i = 0; i < times; i++)
        {
            var answer = await Gateway.Http.GetAsync(path);
            answer.Status.ShouldBe(200, $"request {i.ToString(CultureInfo.InvariantCulture)} to {path}: {answer.Body}");
            answer.Body.ShouldBe(backend);
        }
    }

    /// <summary>
    /// The responses with resources since the case began. Removals of names that are gone for long come whenever a
    /// delta client reconnects.
    /// </summary>
    public IReadOnlyList<WireEvent> Sent(int? mark = null) =>
        [.. Tap.Since(mark ?? Mark).Where(e => !e.IsRequest && e.Names.Length > 0)];

    /// <summary>Ends the load and checks what holds for every case.</summary>
    public async Task EndAsync()
    {
        foreach (var load in _loads)
        {
            var requests = await load.StopAsync();
            requests.Length.ShouldBeGreaterThan(0);
            var failed = requests.Where(request => request.Failure is not null).ToList();
            failed.Count.ShouldBe(0, $"of {requests.Length} requests; the first: {failed.FirstOrDefault()}");
        }

        _loads.Clear();
        // Envoy counts them, too (update_rejected), but forgets the counts of what is removed.
        Tap.Since(Mark).Count(e => e.Error is not null).ShouldBe(PlannedRejections, "rejected updates");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var load in _loads) await load.StopAsync();
        foreach (var part in _parts) await part.DisposeAsync();
    }
}
