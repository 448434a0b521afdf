using Shouldly;
using Xunit;

namespace Stagedoor.Translation.Gateway.Tests;

/// <summary>What RE2 takes and refuses, so that Envoy is never the first to say it (envoy.md 6.1).</summary>
public sealed class Re2SyntaxTests
{
    [Theory]
    [InlineData("/api/owners/[0-9]+")]
    [InlineData("(?i)abc|def")]
    [InlineData(@"\d+\.\w*")]
    [InlineData("[[:alpha:]]+[^/]")]
    [InlineData("a{1000}")]
    [InlineData("(?P<name>x)")]
    public void What_RE2_takes_is_taken(string regex) => Re2Syntax.Check(regex).ShouldBeNull();

    [Theory]
    [InlineData(")(")]
    [InlineData("(unclosed")]
    [InlineData("[unclosed")]
    [InlineData("*a")]
    [InlineData("a**")]
    [InlineData("a{2000}")]
    [InlineData("(a{1000}){1000}")]
    [InlineData("(?=ahead)")]
    [InlineData("(?<!behind)")]
    [InlineData(@"(a)\1")]
    [InlineData(@"end\Z")]
    [InlineData(@"\x{100}")]
    [InlineData("[é-a]")]
    [InlineData("(?P<é>x)")]
    [InlineData(@"trailing\")]
    public void What_RE2_refuses_is_refused(string regex) => Re2Syntax.Check(regex).ShouldNotBeNullOrEmpty();
}
