using Shouldly;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway.Tests.Support;
using Xunit;

namespace Stagedoor.Translation.Gateway.Tests.Incremental;

/// <summary>
/// Every object of every golden case of both stages is taken away and comes back: whatever a feature reads, the index
/// calls touched who uses it, and used memos give what empty ones give.
/// </summary>
public sealed class GoldenEditTests
{
    private const int Slices = 8;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Objects_of_golden_cases_go_and_come_back(int slice)
    {
        var root = Path.Combine(Repository.Root, "tests", "Golden");
        var cases = new[] { "envoy", "gateway" }
            .SelectMany(stage => Directory.GetDirectories(Path.Combine(root, stage)))
            .Order(StringComparer.Ordinal).ToList();
        cases.Count.ShouldBeGreaterThan(250);
        foreach (var folder in cases.Where((_, index) => index % Slices == slice))
        {
            var text = File.ReadAllText(Path.Combine(folder, "input.yaml"));
            var resources = DocumentReader.Read(text, "input.yaml").Resources;
            var run = new EditRun(resources);
            foreach (var resource in resources)
            {
                run.Apply([(resource, true)]);
                run.Apply([(resource with { }, false)]);
            }

            run.End();
        }
    }
}
