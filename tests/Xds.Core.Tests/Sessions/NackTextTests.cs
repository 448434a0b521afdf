using Shouldly;
using Stagedoor.Xds.Sessions;
using Xunit;

namespace Stagedoor.Xds.Tests.Sessions;

public sealed class NackTextTests
{
    private const string Key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----";

    [Fact]
    public void I6_keys_are_taken_out() =>
        NackText.Redact($"bad {Key} and {Key} end").ShouldBe("bad [redacted] and [redacted] end");

    [Fact]
    public void I6_a_key_that_was_cut_off_is_taken_out() =>
        NackText.Redact("bad -----BEGIN PRIVATE KEY-----\\nMIIEow").ShouldBe("bad [redacted]");

    [Fact]
    public void I6_inline_data_is_taken_out() =>
        NackText.Redact("token { inline_string: \"s3cr\\\"et\" } x { inline_bytes: \"\\000\"")
            .ShouldBe("token { inline_string: \"[redacted]\" } x { inline_bytes: \"[redacted]\"");

    [Fact]
    public void The_text_is_bounded() =>
        NackText.Redact(new string('x', 1_000_000)).Length.ShouldBe(NackText.MaxLength);

    [Theory]
    [InlineData("Error adding/updating cluster(s) a: reason", "a", true)]
    [InlineData("Error adding/updating listener(s) one: x, ns_two: y", "ns_two", true)]
    [InlineData("Error adding/updating listener(s) one: x, ns_two: y", "two", false)]
    [InlineData("Error adding/updating cluster(s) a: reason, b: other", "b", true)]
    [InlineData("cluster 'x' is not valid", "x", true)]
    [InlineData("this is a test", "a", false)]
    [InlineData("unknown cluster foo.bar.", "foo.bar", true)]
    [InlineData("unknown cluster foo.bar.", "foo", false)]
    [InlineData("Unable to parse listener-8080-routes", "listener-8080", false)]
    [InlineData("anything", "", false)]
    public void A_name_counts_as_a_word_of_its_own(string text, string name, bool named) =>
        NackText.Names(text, name).ShouldBe(named);
}
