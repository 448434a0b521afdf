using Envoy.Config.Route.V3;
using Shouldly;
using Stagedoor.Translation.Validation;
using Xunit;

namespace Stagedoor.Translation.Envoy.Tests;

public sealed class ValidateRulesTests
{
    // The protocol's document calls them warnings; Envoy drops the whole response for one of them (envoy.md 0, rule 3).
    [Fact]
    public void R33_corrected_what_the_rules_in_the_protos_forbid_is_an_error_for_every_client()
    {
        MessageValidator.Validate(new DirectResponseAction { Status = 200 }).ShouldBeEmpty();

        MessageValidator.Validate(new DirectResponseAction { Status = 100 }).ShouldHaveSingleItem()
            .ToString().ShouldContain("status", Case.Insensitive);
    }
}
