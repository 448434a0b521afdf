using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Stagedoor.Api;
using Stagedoor.Host.Envoys;
using Xunit;

namespace Stagedoor.Host.Tests.Envoys;

/// <summary>The keeper with a program in Envoy's place that only lives.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class EnvoyKeeperTests : IDisposable
{
    private static readonly ProxyId Proxy = new("ns", "gw");
    private readonly string _data = Directory.CreateTempSubdirectory("stagedoor-").FullName;
    private readonly string _program;

    public EnvoyKeeperTests()
    {
        _program = Path.Combine(_data, "program");
        File.WriteAllText(_program, "#!/bin/sh\necho started \"$@\"\nexec sleep 600\n");
        File.SetUnixFileMode(_program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_stop_ends_it()
    {
        await using var running = Run();
        var identity = await running.IdentityAsync();

        await running.StopAsync(end: true);

        ProcessIdentity.Of(identity.Pid).ShouldNotBe(identity);
        EnvoyRecord.Read(running.Files.Record).ShouldBeNull();
    }

    [Fact(Timeout = 30_000)]
    public async Task It_has_a_session_of_its_own()
    {
        await using var running = Run();
        var identity = await running.IdentityAsync();

        // The shell becomes the session's leader, then the program.
        while (await SessionAsync(identity.Pid) != $"{identity.Pid}")
            await Task.Delay(20, TestContext.Current.CancellationToken);
        await running.StopAsync(end: true);
    }

    [Fact]
    public async Task One_that_was_left_running_is_adopted_by_the_next()
    {
        await using var first = Run();
        var identity = await first.IdentityAsync();
        await first.StopAsync(end: false);
        ProcessIdentity.Of(identity.Pid).ShouldBe(identity);

        await using var second = Run();

        (await second.IdentityAsync()).ShouldBe(identity);
        await second.StopAsync(end: true);
    }

    [Fact]
    public async Task One_that_is_connected_elsewhere_is_replaced()
    {
        await using var first = Run();
        var identity = await first.IdentityAsync();
        await first.StopAsync(end: false);

        await using var second = Run(port: 2);
        var next = await second.IdentityAsync(not: identity.Pid);

        next.ShouldNotBe(identity);
        ProcessIdentity.Of(identity.Pid).ShouldNotBe(identity);
        await second.StopAsync(end: true);
    }

    [Fact]
    public async Task One_that_ends_is_started_again()
    {
        await using var running = Run();
        var identity = await running.IdentityAsync();

        using (var process = System.Diagnostics.Process.GetProcessById(identity.Pid)) process.Kill();
        var next = await running.IdentityAsync(not: identity.Pid);

        ProcessIdentity.Of(next.Pid).ShouldBe(next);
        await running.StopAsync(end: true);
    }

    private static async Task<string> SessionAsync(int pid)
    {
        var stat = await File.ReadAllTextAsync($"/proc/{pid}/stat", TestContext.Current.CancellationToken);
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3];
    }

    private Running Run(int port = 1) => new(new EnvoyKeeperOptions(_program, _data, port, 1), _data);

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly EnvoyKeeper _keeper;
        private readonly Task _running;
        private bool _end = true;

        public Running(EnvoyKeeperOptions options, string data)
        {
            Files = new EnvoyFiles(data, Proxy.ToString());
            _keeper = new EnvoyKeeper(options, Proxy, NullLoggerFactory.Instance);
            _running = _keeper.RunAsync(() => _end, _stop.Token);
        }

        public EnvoyFiles Files { get; }

        public async Task<ProcessIdentity> IdentityAsync(int not = 0)
        {
            while (_keeper.Pid is null || _keeper.Pid == not
                || EnvoyRecord.Read(Files.Record)?.Process.Pid != _keeper.Pid)
                await Task.Delay(20, TestContext.Current.CancellationToken);
            return EnvoyRecord.Read(Files.Record)!.Process;
        }

        public Task StopAsync(bool end)
        {
            _end = end;
            _stop.Cancel();
            return _running;
        }

        public async ValueTask DisposeAsync()
        {
            if (!_stop.IsCancellationRequested) await StopAsync(end: true);
            _keeper.Dispose();
            _stop.Dispose();
        }
    }
}
