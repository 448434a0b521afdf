using Shouldly;
using Stagedoor.Xds.Sessions;
using Xunit;

namespace Stagedoor.Xds.Tests.Sessions;

public sealed class NameSetTests
{
    [Fact]
    public void It_is_a_set_whatever_is_shared()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (set, plain) = (new NameSet(maxOwn: 4), new HashSet<string>());
            for (var step = 0; step < 60; step++)
            {
                var name = $"n{random.Next(20)}";
                switch (random.Next(5))
                {
                    case 0:
                        var kept = Enumerable.Range(0, 20).Where(_ => random.Next(3) > 0).Select(at => $"n{at}")
                            .ToHashSet(StringComparer.Ordinal);
                        set.IntersectWith(kept);
                        plain.IntersectWith(kept);
                        break;
                    case 1:
                        set.Remove(name).ShouldBe(plain.Remove(name), $"seed {seed}");
                        break;
                    default:
                        set.Add(name).ShouldBe(plain.Add(name), $"seed {seed}");
                        break;
                }

                if (random.Next(3) == 0) set.Share();
                set.Count.ShouldBe(plain.Count, $"seed {seed}");
                set.Contains(name).ShouldBe(plain.Contains(name), $"seed {seed}");
                set.Order().ShouldBe(plain.Order(), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void Two_sessions_that_ask_for_the_same_thousands_keep_one_set()
    {
        var first = Thousands();
        var second = Thousands();

        second.Base.ShouldBeSameAs(first.Base);
        first.Base.Count.ShouldBe(5000);

        second.Add("one more");
        second.Remove("name-7");
        second.Share();
        second.Base.ShouldBeSameAs(first.Base);
        second.Count.ShouldBe(5000);
        first.Contains("one more").ShouldBeFalse();
        first.Contains("name-7").ShouldBeTrue();
    }

    private static NameSet Thousands()
    {
        var names = new NameSet();
        for (var at = 0; at < 5000; at++) names.Add($"name-{at}");
        names.Share();
        return names;
    }
}
