using System.Collections.Immutable;
using System.Globalization;
using Shouldly;
using Stagedoor.Xds.Harness.Language;
using Stagedoor.Xds.Harness.Serving;
using Stagedoor.Xds.Server;
using Xunit;

namespace Stagedoor.Xds.Harness;

public sealed class ScenarioTests
{
    private static readonly ImmutableDictionary<string, Scenario> Runs =
        ScenarioFile.All.ToImmutableDictionary(run => run.Id);

    /// <summary>Every run of every scenario.</summary>
    public static TheoryData<string> All { get; } = [.. ScenarioFile.All.Select(run => run.Id)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Scenario(string run)
    {
        var scenario = Runs[run];
        await using var play = new ScenarioRun(
            scenario, () => HarnessServer.StartAsync(options => Configure(options, scenario.Options)));
        await play.PlayAsync();
    }

    [Fact]
    public void The_public_harness_is_played_whole() =>
        ScenarioFile.All.Count(run => run.Title.StartsWith('S') && char.IsAsciiDigit(run.Title[1])).ShouldBe(98);

    // Waits do not end by themselves, unless a scenario is about that; removed clusters do not linger.
    private static void Configure(XdsServerOptions options, ImmutableDictionary<string, string> set)
    {
        options.ReportInterval = TimeSpan.Zero;
        options.FetchPatience = TimeSpan.FromMilliseconds(50);
        options.Session = options.Session with
        {
            ClusterPatience = Time("cluster-patience", 60),
            Patience = Time("patience", 60),
            WarmingWait = Time("warming-wait", 60),
            RemovalLinger = Time("linger", 0),
        };

        TimeSpan Time(string name, double seconds) => TimeSpan.FromSeconds(
            set.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : seconds);
    }
}
