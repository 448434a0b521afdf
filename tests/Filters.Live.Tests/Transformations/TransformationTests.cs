using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

/// <summary>Templates, compiled to what stock Envoy can do, with ordinary and hostile input.</summary>
public sealed class TransformationTests(LiveFleet fleet)
{
    public static TheoryData<string, int, string> Cases
    {
        get
        {
            var data = new TheoryData<string, int, string>();
            foreach (var version in EnvoyVersions.All)
                for (var i = 0; i < TransformationCases.All.Length; i++)
                    data.Add(version.Data, i, TransformationCases.All[i].Path);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_transformation_does_what_its_template_says(string version, int number, string path)
    {
        var test = TransformationCases.All[number];
        var client = await fleet.ClientAsync(version, "transformations");

        var answer = test.Body is null
            ? await client.GetAsync(path, test.Headers)
            : await client.PostAsync(path, test.Body, test.Headers);

        try
        {
            test.Check(answer);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{answer.Status} {answer.Body}\n{e.Message}", e);
        }
    }
}
