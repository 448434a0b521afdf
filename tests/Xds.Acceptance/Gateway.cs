using System.Globalization;
using Stagedoor.Acceptance.Harness;
using Stagedoor.Xds.Acceptance.Backends;
using Stagedoor.Xds.Acceptance.Envoys;
using Stagedoor.Xds.Acceptance.Resources;
using Stagedoor.Xds.Acceptance.Serving;
using Stagedoor.Xds.Acceptance.Wire;

namespace Stagedoor.Xds.Acceptance;

/// <summary>
/// One Envoy with everything around it: backends, a name server, the control plane, and the relay between them. It
/// starts with one listener, whose routes lead to the EDS cluster <c>base</c> and so to backend A.
/// </summary>
internal sealed class Gateway : IAsyncDisposable
{
    /// <summary>Name of the EDS cluster, its assignment, and where all requests go at first.</summary>
    public const string Base = "base";

    /// <summary>Name of the listener.</summary>
    public const string Listener = "main";

    /// <summary>Name of its routes.</summary>
    public const string Routes = "routes";

    private static int _count;
    private readonly List<IAsyncDisposable> _parts = [];

    private Gateway(string version, string variant) => (Version, Variant) = (version, variant);

    public string Version { get; }

    /// <summary>How the Envoy gets its configuration (<see cref="Variants"/>).</summary>
    public string Variant { get; }

    public bool IsDelta => Variant is Variants.Delta or Variants.DeltaPerType;

    public string Node { get; } = $"envoy-{Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture)}";

    public World World { get; } = new();

    public WireTap Tap { get; } = new();

    public Reports Reports { get; } = new();

    public Relay Relay { get; private set; } = null!;

    public Resolver Dns { get; private set; } = null!;

    public Backend A { get; private set; } = null!;

    public Backend B { get; private set; } = null!;

    public EnvoyUnderTest Envoy { get; private set; } = null!;

    public HttpProbe Http { get; private set; } = null!;

    public int Port { get; } = Ports.Take();

    private ControlPlane Server { get; set; } = null!;

    /// <summary>Everything but the Envoy.</summary>
    public static async Task<Gateway> PrepareAsync(string version, string variant)
    {
        var gateway = new Gateway(version, variant);
        Variants.Use(variant);
        gateway.A = gateway.Own(await Backend.StartAsync("a.test"));
        gateway.B = gateway.Own(await Backend.StartAsync("b.test"));
        gateway.Dns = gateway.Own(new Resolver());
        gateway.Server = await ControlPlane.StartAsync(gateway.World, gateway.Reports, gateway.Tap);
        gateway.Relay = gateway.Own(new Relay { Target = gateway.Server.Port });
        gateway.Relay.Open();
        gateway.Http = gateway.Own(new HttpProbe(gateway.Port));
        gateway.World.Reset(gateway.BaseResources());
        return gateway;
    }

    /// <summary>With the Envoy, and in step with it.</summary>
    public static async Task<Gateway> StartAsync(string version, string variant)
    {
        var gateway = await PrepareAsync(version, variant);
        try
        {
            await gateway.StartEnvoyAsync();
            await gateway.Envoy.UntilReadyAsync();
            await gateway.SettledAsync();
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the gateway has at first.</summary>
    public EncodedResource[] BaseResources() =>
    [
        Recipes.EdsCluster(Base), Recipes.Endpoints(Base, A), HttpRecipes.Listener(Listener, Port, Routes),
        HttpRecipes.Routes(Routes, ("/", Base)),
    ];

    public async Task StartEnvoyAsync() => Envoy = await EnvoyUnderTest.StartAsync(
        Version, Bootstrap.Of(Variant, Node, Relay.Port, Server.RestPort, Dns.Port));

    /// <summary>SIGKILL, and a new one in its place.</summary>
    public async Task ReplaceEnvoyAsync()
    {
        await Envoy.DisposeAsync();
        await StartEnvoyAsync();
    }

    /// <summary>A server that knows the same, in place of the one before: clients come back to it.</summary>
    public async Task ReplaceServerAsync()
    {
        var old = Server;
        Server = await ControlPlane.StartAsync(World, Reports, Tap);
        Relay.Target = Server.Port;
        await old.DisposeAsync();
    }

    /// <summary>
    /// Waits until the Envoy has accepted the newest generation of every type. Over REST nobody says so.
    /// </summary>
    public async Task SettledAsync()
    {
        if (Variant == Variants.Rest) return;
        var generation = World.Generation;
        await Wait.UntilAsync($"generation {generation} to be accepted; now {string.Join(' ', Reports.Statuses)}", () =>
        {
            Envoy.MustRun();
            var types = Reports.Statuses;
            return Task.FromResult(types.Count >= 4 && types.All(type => type.Acknowledged >= generation));
        });
    }

    /// <summary>The newest words on the wire and of Envoy, for failed tests.</summary>
    public string Log() =>
        string.Join('\n', Tap.Since(Math.Max(0, Tap.Mark - 60))) + "\n" + string.Join(
            '\n', Envoy?.Log.Split('\n').TakeLast(15) ?? []);

    public async ValueTask DisposeAsync()
    {
        if (Envoy is not null) await Envoy.DisposeAsync();
        foreach (var part in Enumerable.Reverse(_parts)) await part.DisposeAsync();
        if (Server is not null) await Server.DisposeAsync();
    }

    /// <summary>Ends with the gateway.</summary>
    public T Own<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }
}
