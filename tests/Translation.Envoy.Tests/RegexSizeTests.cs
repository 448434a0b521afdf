using System.Globalization;
using System.Text;
using Shouldly;
using Xunit;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>
/// The bounds of RE2 programs against the real Envoy, which logs the exact size of each: an expression that passes must
/// never make it refuse the route configuration, which would cost everybody on the Proxy (rule I4).
/// </summary>
public sealed class RegexSizeTests(ITestOutputHelper output)
{
    private const int Expressions = 2000;

    private static readonly string[] Atoms =
    [
        "a", "k", "/", "xyz", ".", "é", "日", "ÿ", "[a-z]", "[^/]", "[^a-z0-9]", "[à-ÿ]", "[日本-語]", @"\d", @"\D", @"\w",
        @"\W", @"\s", @"\S", @"\pL", @"\PL", @"\p{Lu}", @"\p{Greek}", "[[:alpha:]]", "[[:^word:]]", @"[\W\D]", @"[^\w]",
        @"\.", @"\x41", @"\x{ff}", @"\Qa.b\E", "^", "$", @"\b", @"\B", @"\A", @"\z", @"\C", "(?i)", "(?s)", "()",
        "[ÿ-Ā]",
        "[acegikmoqsuwy]", "[^acegikmoqsuwy]",
    ];

    [Theory]
    [InlineData("1.40.0")]
    [InlineData("1.36.4")]
    public void The_size_that_Envoy_counts_is_within_the_bounds(string version)
    {
        var envoy = RealEnvoy.Find(version);
        if (envoy is null && Environment.GetEnvironmentVariable("CI") is null) Assert.Skip($"no Envoy {version} here");
        var seed = Environment.GetEnvironmentVariable("STAGEDOOR_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount;
        output.WriteLine($"STAGEDOOR_SEED={seed}");
        var random = new Random(seed);
        var expressions = Enumerable.Range(0, Expressions).Select(_ => Expression(random, 4))
            .Where(regex => regex.Length > 0 && RegexLimit.Check(regex, uint.MaxValue, out _) is null).ToList();
        expressions.Count.ShouldBeGreaterThan(Expressions / 2);

        var sizes = RealEnvoy.ProgramSizes(envoy.ShouldNotBeNull(), expressions);

        sizes.Count.ShouldBe(expressions.Count);
        foreach (var (regex, actual) in expressions.Zip(sizes))
        {
            Re2Syntax.Check(regex, out var size);
            size.Low.ShouldBeLessThanOrEqualTo(actual, regex);
            size.High.ShouldBeGreaterThanOrEqualTo(actual, regex);
        }
    }

    [Fact]
    public void Common_expressions_keep_the_limit_that_was_set()
    {
        foreach (var regex in new[]
                 {
                     "/api/v[0-9]+/owners/[^/]+/pets/[^/]+", "(?i)/shop/[a-z]+", "GET|POST|PUT|DELETE",
                     @"^/([a-z0-9-]+\.)*example\.com/.*$",
                     "/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                 })
        {
            RegexLimit.Check(regex, RegexLimit.Default, out var sent).ShouldBeNull();
            sent.ShouldBe(RegexLimit.Default, regex);
        }
    }

    [Fact]
    public void What_is_surely_above_the_limit_is_refused()
    {
        RegexLimit.Check("/[a-z]{900}[0-9]{900}", RegexLimit.Default, out _)
            .ShouldNotBeNull().ShouldContain("at least 1801");
        RegexLimit.Check("/[a-z]{900}[0-9]{900}", 4000, out _).ShouldBeNull();
        RegexLimit.Check(string.Concat(Enumerable.Repeat("[a-c]{1000}", 300)), uint.MaxValue, out _)
            .ShouldNotBeNull().ShouldContain("too large for RE2");
    }

    [Fact]
    public void Where_the_size_is_not_certain_the_limit_covers_it()
    {
        RegexLimit.Check("(?:[a-z]?x*){200}", 450, out var sent).ShouldBeNull();
        sent.ShouldBeGreaterThan(450u);
    }

    private static string Expression(Random random, int depth)
    {
        var text = new StringBuilder();
        for (var parts = random.Next(1, 5); parts > 0; parts--)
        {
            var atom = depth > 0 && random.Next(3) == 0
                ? Group(random, Expression(random, depth - 1)) : Atoms[random.Next(Atoms.Length)];
            text.Append(atom).Append(random.Next(10) switch
            {
                0 => "*",
                1 => "+",
                2 => "?",
                3 => "*?",
                4 => $"{{{random.Next(0, 9)}}}",
                5 => $"{{{random.Next(0, 4)},}}",
                6 => $"{{{random.Next(0, 4)},{random.Next(4, 9)}}}",
                _ => "",
            });
            if (random.Next(6) == 0) text.Append('|');
        }

        return text.ToString();
    }

    private static string Group(Random random, string inner) => random.Next(5) switch
    {
        0 => $"({inner})",
        1 => $"(?:{inner})",
        2 => $"(?i:{inner})",
        3 => $"(?s:{inner})",
        _ => $"({inner}|{inner}x)",
    };
}
