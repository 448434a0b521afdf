using System.Diagnostics;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Acceptance.Serving;

/// <summary>SIGTERM, at every stage of a server's life.</summary>
public sealed class StopTests : IAsyncDisposable
{
    // Of what is promised twelve seconds are for Envoys, of which there are none here; the rest is margin.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(12);
    private readonly Petstore _petstore = new();
    private readonly StagedoorServer _server;

    public StopTests() => _server = new StagedoorServer(_petstore.Folder, _petstore.Beside("data"));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _petstore.Dispose();
    }

    [Fact]
    public async Task A_start_can_be_stopped_at_once()
    {
        _server.Start();
        await Wait.UntilAsync("its data directory", () =>
        {
            _server.MustRun();
            return Task.FromResult(Directory.Exists(_petstore.Beside("data")));
        });

        await StopsInTime();
    }

    [Fact]
    public async Task A_server_that_waits_for_its_folder_stops_and_one_that_has_it_back_serves_from_it()
    {
        _server.Start();
        await UntilFromJournal(false);
        await StopsInTime();

        Directory.Move(_petstore.Folder, _petstore.Beside("away"));
        _server.Start();
        await UntilFromJournal(true);
        await StopsInTime();

        _server.Start();
        await UntilFromJournal(true);
        Directory.Move(_petstore.Beside("away"), _petstore.Folder);
        // Not one byte differs: that the sources have answered is news all the same.
        await UntilFromJournal(false);
        await StopsInTime();
    }

    [Fact]
    public async Task Its_log_ends_with_its_own_words()
    {
        _server.Start();
        await UntilFromJournal(false);

        await StopsInTime();

        _server.Log.ShouldNotContain("[INFO]");
        _server.Log.ShouldContain("ready: ");
    }

    private async Task StopsInTime()
    {
        var clock = Stopwatch.StartNew();
        (await _server.TerminateAsync()).ShouldBe(0);
        clock.Elapsed.ShouldBeLessThan(Deadline);
    }

    private Task UntilFromJournal(bool expected) =>
        Wait.UntilAsync($"a proxy that is {(expected ? "" : "not ")}from the journal", async () =>
        {
            _server.MustRun();
            var proxies = (await _server.GetAsync("proxies")).EnumerateArray().ToArray();
            return proxies.Length == 1 && proxies[0].GetProperty("fromJournal").GetBoolean() == expected;
        });
}
