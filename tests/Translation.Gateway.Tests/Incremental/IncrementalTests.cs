using CsCheck;
using Shouldly;
using Stagedoor.Api;
using Xunit;

namespace Stagedoor.Translation.Gateway.Tests.Incremental;

/// <summary>
/// Random edits, 10,000 in all. After each, what used memos give is what empty ones give, byte for byte, in both
/// stages; and whatever the index does not call touched is as it was. A failure prints its seed.
/// </summary>
public sealed class IncrementalTests
{
    private const int Sequences = 200;
    private const int Edits = 50;

    [Fact]
    public void Ten_thousand_edits_give_what_translation_from_scratch_gives() =>
        Gen.Select(Gen.Int[0, EditPool.All.Length - 1], Gen.Int[0, 3], Gen.Bool).Array[Edits].Sample(
            edits =>
            {
                var run = new EditRun(EditPool.Start);
                var batch = new List<(Resource Resource, bool IsRemoved)>();
                foreach (var (index, action, goOn) in edits)
                {
                    batch.Add((EditPool.All[index], action == 0));

                    // Some changes come together, as those of one file or one resync do.
                    if (goOn && batch.Count < 4) continue;
                    run.Apply(batch);
                    batch.Clear();
                }

                run.Apply(batch);
                run.End();
            },
            iter: Sequences);

    [Fact]
    public void Every_object_of_the_pool_can_be_the_first_and_the_last()
    {
        foreach (var resource in EditPool.All)
        {
            var run = new EditRun(EditPool.Start);
            run.Apply([(resource, false)]);
            run.Apply([(resource, true)]);
            run.End();
        }
    }

    [Fact]
    public void The_pool_is_what_it_claims_to_be()
    {
        EditPool.All.Length.ShouldBeGreaterThan(90);
        EditPool.All.Select(resource => resource.Key.Kind).Distinct().Count().ShouldBeGreaterThan(14);
    }
}
