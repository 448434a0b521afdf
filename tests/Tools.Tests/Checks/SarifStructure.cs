using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;

namespace Stagedoor.Tools.Tests.Checks;

/// <summary>
/// What SARIF 2.1.0 (OASIS, sections 3.13 to 3.49) demands of the properties that are used: required ones, value sets,
/// numbers, references between results and rules, and no property that the schema does not have.
/// </summary>
internal static partial class SarifStructure
{
    private static readonly string[] Levels = ["none", "note", "warning", "error"];

    internal static void Verify(string text)
    {
        using var document = JsonDocument.Parse(text);
        var log = document.RootElement;
        Only(log, "$schema", "version", "runs");
        log.GetProperty("version").GetString().ShouldBe("2.1.0");
        Uri.TryCreate(log.GetProperty("$schema").GetString(), UriKind.Absolute, out _).ShouldBeTrue();
        foreach (var run in log.GetProperty("runs").EnumerateArray()) Run(run);
    }

    private static void Run(JsonElement run)
    {
        Only(run, "tool", "results", "columnKind");
        run.GetProperty("columnKind").GetString().ShouldBeOneOf("utf16CodeUnits", "unicodeCodePoints");
        Only(run.GetProperty("tool"), "driver");
        var driver = run.GetProperty("tool").GetProperty("driver");
        Only(driver, "name", "version", "semanticVersion", "rules");
        driver.GetProperty("name").GetString().ShouldNotBeNullOrEmpty();
        SemanticVersion().IsMatch(driver.GetProperty("semanticVersion").GetString()!).ShouldBeTrue();
        var rules = driver.GetProperty("rules").EnumerateArray().ToArray();
        foreach (var rule in rules) Rule(rule);
        var ids = rules.Select(rule => rule.GetProperty("id").GetString()).ToArray();
        ids.Distinct().Count().ShouldBe(ids.Length);
        foreach (var result in run.GetProperty("results").EnumerateArray()) Result(result, ids!);
    }

    private static void Rule(JsonElement rule)
    {
        Only(rule, "id", "shortDescription", "fullDescription", "help", "defaultConfiguration");
        rule.GetProperty("id").GetString().ShouldStartWith("SD");
        foreach (var name in new[] { "shortDescription", "fullDescription", "help" })
            rule.GetProperty(name).GetProperty("text").GetString().ShouldNotBeNullOrWhiteSpace();
        Only(rule.GetProperty("help"), "text", "markdown");
        Levels.ShouldContain(rule.GetProperty("defaultConfiguration").GetProperty("level").GetString());
    }

    private static void Result(JsonElement result, string[] rules)
    {
        Only(result, "ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints");
        rules[result.GetProperty("ruleIndex").GetInt32()].ShouldBe(result.GetProperty("ruleId").GetString());
        Levels.ShouldContain(result.GetProperty("level").GetString());
        result.GetProperty("message").GetProperty("text").GetString().ShouldNotBeNullOrWhiteSpace();
        foreach (var print in result.GetProperty("partialFingerprints").EnumerateObject())
            print.Value.ValueKind.ShouldBe(JsonValueKind.String);
        if (!result.TryGetProperty("locations", out var locations)) return;
        foreach (var location in locations.EnumerateArray()) Location(location);
    }

    private static void Location(JsonElement location)
    {
        Only(location, "physicalLocation", "logicalLocations");
        if (location.TryGetProperty("logicalLocations", out var logical))
        {
            foreach (var item in logical.EnumerateArray()) Only(item, "name", "fullyQualifiedName", "kind");
        }

        if (!location.TryGetProperty("physicalLocation", out var physical)) return;
        Only(physical, "artifactLocation", "region");
        var uri = physical.GetProperty("artifactLocation").GetProperty("uri").GetString()!;
        Uri.IsWellFormedUriString(uri, UriKind.RelativeOrAbsolute).ShouldBeTrue(uri);
        if (!physical.TryGetProperty("region", out var region)) return;
        Only(region, "startLine", "startColumn", "endLine", "endColumn");
        region.GetProperty("startLine").GetInt32().ShouldBeGreaterThan(0);
        if (!region.TryGetProperty("startColumn", out var start)) return;
        start.GetInt32().ShouldBeGreaterThan(0);
        region.GetProperty("endLine").GetInt32().ShouldBe(region.GetProperty("startLine").GetInt32());
        region.GetProperty("endColumn").GetInt32().ShouldBeGreaterThan(start.GetInt32());
    }

    private static void Only(JsonElement element, params string[] names)
    {
        foreach (var member in element.EnumerateObject()) names.ShouldContain(member.Name);
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex SemanticVersion();
}
