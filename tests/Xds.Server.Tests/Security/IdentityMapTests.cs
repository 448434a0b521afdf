using Shouldly;
using Stagedoor.Xds.Server.Security;
using Xunit;

namespace Stagedoor.Xds.Server.Tests.Security;

public sealed class IdentityMapTests
{
    [Theory]
    [InlineData("spiffe://td/ns/gloo-system/sa/gateway-proxy", "gloo-system~gateway-proxy")]
    [InlineData("gateway-proxy.gloo-system.svc", "gloo-system~gateway-proxy")]
    [InlineData("gateway-proxy.gloo-system.svc.cluster.local", "gloo-system~gateway-proxy")]
    [InlineData("spiffe://td/ns/a/sa/gloo-proxy-http", "a~gloo-proxy-http,gloo-kube-gateway-api~a~a-http")]
    [InlineData("spiffe://td/ns/a/sa/b/more", "")]
    [InlineData("spiffe://td/ns/a~b/sa/c", "")]
    [InlineData("prefix-spiffe://td/ns/a/sa/c", "")]
    [InlineData("*.gloo-system.svc", "")]
    [InlineData("a.b.c.svc", "")]
    [InlineData("", "")]
    public void By_default_a_name_is_its_proxy(string name, string roles) =>
        string.Join(',', IdentityMap.Default.RolesOf([name]).OrderDescending()).ShouldBe(
            string.Join(',', roles.Split(',', StringSplitOptions.RemoveEmptyEntries).OrderDescending()));

    [Fact]
    public void Several_names_have_the_roles_of_all_and_a_rule_may_give_every_role()
    {
        var map = IdentityMap.Parse("operator.example.com=*", "{team}.example.com = {team}~gateway");

        map.RolesOf(["a.example.com", "b.example.com"]).Order().ShouldBe(["a~gateway", "b~gateway"]);
        map.RolesOf(["operator.example.com"]).ShouldContain("*");
    }

    [Fact]
    public void A_name_with_a_star_in_a_certificate_is_not_every_role() =>
        IdentityMap.Parse("{role}.example.com={role}").RolesOf(["*.example.com"]).ShouldBeEmpty();

    [Fact]
    public void Characters_of_a_pattern_mean_themselves()
    {
        var map = IdentityMap.Parse("a.b+c=r");

        map.RolesOf(["axb+c"]).ShouldBeEmpty();
        map.RolesOf(["a.b+c"]).ShouldBe(["r"]);
    }

    [Theory]
    [InlineData("no role")]
    [InlineData("=role")]
    [InlineData("pattern=")]
    [InlineData("{a}.{a}={a}")]
    [InlineData("{a}.x={b}")]
    public void What_is_no_rule_is_named(string line) =>
        Should.Throw<FormatException>(() => IdentityMap.Parse(line)).Message.ShouldContain(line);
}
