namespace Stagedoor.Acceptance.Harness;

/// <summary>A served petstore with its backends, its server and one Envoy that is ready.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _parts = [];

    private Stage(string version) => Version = version;

    /// <summary>The version of its Envoys.</summary>
    public string Version { get; }

    /// <summary>The files that are served.</summary>
    public Petstore Petstore { get; } = new();

    /// <summary>The server.</summary>
    public StagedoorServer Server { get; private set; } = null!;

    /// <summary>The first Envoy.</summary>
    public EnvoyProcess Envoy { get; private set; } = null!;

    /// <summary>A client of the Envoys' listener.</summary>
    public HttpProbe Http { get; private set; } = null!;

    /// <summary>Starts everything and waits until the Gateway answers.</summary>
    public static async Task<Stage> StartAsync(string version, Action<Petstore>? prepare = null)
    {
        var stage = new Stage(version);
        prepare?.Invoke(stage.Petstore);
        try
        {
            await EnvoyVersions.ExecutableAsync(version);
            await Task.WhenAll(
                stage.AddBackendAsync("petstore", stage.Petstore.PetstorePort),
                stage.AddBackendAsync("petstore-next", stage.Petstore.NextPort));
            stage.Server = stage.Add(new StagedoorServer(stage.Petstore.Folder, stage.Petstore.Beside("data")));
            stage.Server.Start();
            stage.Http = stage.Add(new HttpProbe(stage.Petstore.HttpPort));
            stage.Envoy = await stage.AddEnvoyAsync("envoy-1");
            await stage.UntilServedAsync();
            return stage;
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            var log = stage.Server?.Log;
            await stage.DisposeAsync();
            throw new InvalidOperationException($"{e.Message}\nserver:\n{log}", e);
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more Envoy and waits until it is ready.</summary>
    public async Task<EnvoyProcess> AddEnvoyAsync(string node)
    {
        var envoy = Add(await EnvoyProcess.StartAsync(Version, Server.XdsPort, node));
        await envoy.UntilReadyAsync();
        return envoy;
    }

    /// <summary>Starts one more echo backend and waits until it listens.</summary>
    public async Task AddBackendAsync(string name, int port)
    {
        var backend = Add(StagedoorProgram.StartEcho(name, port));
        await using var probe = new HttpProbe(port);
        await Wait.UntilAsync($"the backend {name}", async () =>
        {
            backend.MustRun();
            return (await probe.GetAsync("/")).Status == 200;
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
            await part.DisposeAsync();
        Petstore.Dispose();
    }

    private async Task UntilServedAsync() => await Wait.UntilAsync("the first answer through Envoy", async () =>
    {
        Server.MustRun();
        return (await Http.GetAsync("/api/pets")).Status == 200;
    });

    private T Add<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }
}
