using Envoy.Config.Cluster.V3;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Stagedoor.Xds.Acceptance.Backends;
using Stagedoor.Xds.Acceptance.Resources;
using Xunit;
using static Stagedoor.Xds.Acceptance.Gateway;

namespace Stagedoor.Xds.Acceptance;

/// <summary>A rejected resource costs itself only, is not sent again, and is reported.</summary>
public sealed class RejectionTests(Gateways gateways)
{
    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task Routes_are_rejected_the_old_ones_serve_on_and_everything_else_moves(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            played.PlannedRejections = 1;
            var reports = played.Gateway.Reports.Mark;
            played.Publish(HttpRecipes.BadRoutes(Routes, Base));
            var rejection = await played.Gateway.Reports.RejectionAsync(XdsType.RouteConfiguration, reports);
            rejection.Resources.ShouldBe([Routes]);
            rejection.Message.ShouldContain("missing )");
            (await played.Gateway.Envoy.StatsAsync($"rds.{Routes}.update_rejected")).Values.Sum()
                .ShouldBeGreaterThan(0);

            played.Publish(Recipes.Endpoints(Base, played.Gateway.B));
            await played.AnswersAsync("/", played.Gateway.B.Name);
            played.Publish(Recipes.EdsCluster("other"), Recipes.Endpoints("other", played.Gateway.A));
            await played.Tap.WaitForAsync(
                "the cluster", played.Mark, e => e.IsResponseOf(XdsType.Cluster) && e.Names.Contains("other"));

            await played.ApplyAsync(HttpRecipes.Routes(Routes, ("/other", "other"), ("/", Base)));
            await played.MustAnswerAsync("/other", played.Gateway.A.Name);
            played.Sent().Count(e => e.Type == XdsType.RouteConfiguration).ShouldBe(2, "the bad ones, and the good");
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task A_rejected_cluster_costs_its_siblings_nothing(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            played.PlannedRejections = 1;
            var reports = played.Gateway.Reports.Mark;
            // No rule of the protos forbids it: Envoy finds it in code.
            var bad = Recipes.StaticCluster("bad-cluster", played.Gateway.A, cluster =>
                cluster.LbPolicy = Cluster.Types.LbPolicy.ClusterProvided);
            played.Publish(
                bad, Recipes.StaticCluster("good-cluster", played.Gateway.B),
                HttpRecipes.Routes(Routes, ("/good", "good-cluster"), ("/", Base)));
            var rejection = await played.Gateway.Reports.RejectionAsync(XdsType.Cluster, reports);
            rejection.Resources.ShouldBe(["bad-cluster"]);
            await played.AnswersAsync("/good", played.Gateway.B.Name);

            played.Publish(Recipes.StaticCluster("good-cluster", played.Gateway.A));
            await played.AnswersAsync("/good", played.Gateway.A.Name);
            await played.ApplyAsync(Recipes.StaticCluster("bad-cluster", played.Gateway.B));
            await played.ApplyAsync(
                HttpRecipes.Routes(Routes, ("/bad", "bad-cluster"), ("/good", "good-cluster"), ("/", Base)));
            await played.MustAnswerAsync("/bad", played.Gateway.B.Name);
            var content = bad.Hash.ToString();
            played.Sent().Count(e => e.Contents.GetValueOrDefault("bad-cluster") == content).ShouldBe(1);
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task A_rejected_listener_keeps_its_predecessor(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            played.PlannedRejections = 1;
            var port = Ports.Take();
            var http = played.Own(new HttpProbe(port));
            await played.ApplyAsync(HttpRecipes.Listener("second", port, Routes));
            await played.AnswersAsync("/", played.Gateway.A.Name, http);
            var reports = played.Gateway.Reports.Mark;
            played.Publish(HttpRecipes.Listener("second", port, Routes, more: manager => manager.HttpFilters.Add(
                manager.HttpFilters[0].Clone())));
            var rejection = await played.Gateway.Reports.RejectionAsync(XdsType.Listener, reports);
            rejection.Resources.ShouldBe(["second"]);
            await played.AnswersAsync("/", played.Gateway.A.Name, http);

            played.Publish(HttpRecipes.Listener(Listener, played.Gateway.Port, Routes, serverName: "changed"));
            await Wait.UntilAsync("the first listener's change", async () =>
                (await played.Gateway.Http.GetAsync("/")).Headers.GetValueOrDefault("server") == "changed");
            await played.AnswersAsync("/", played.Gateway.A.Name, http);

            await played.ApplyAsync(HttpRecipes.Listener("second", port, Routes, serverName: "good"));
            await Wait.UntilAsync("the second listener's change", async () =>
                (await http.GetAsync("/")).Headers.GetValueOrDefault("server") == "good");
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task A_rejected_secret_keeps_its_predecessor_and_its_report_shows_no_key(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            played.PlannedRejections = 1;
            var authority = played.Own(new Authority());
            var (first, other) = (authority.Issue("first.test"), authority.Issue("other.test"));
            var port = Ports.Take();
            await played.ApplyAsync(
                TlsRecipes.Certificate("front", first),
                HttpRecipes.Listener("secure", port, Routes, certificate: "front"));
            await Wait.UntilAsync("the certificate", async () =>
                await TlsProbe.SubjectAsync(port) == "CN=first.test");
            var reports = played.Gateway.Reports.Mark;

            played.Publish(TlsRecipes.Certificate("front", first.CertificatePem, other.KeyPem));
            var rejection = await played.Gateway.Reports.RejectionAsync(XdsType.Secret, reports);
            rejection.Resources.ShouldBe(["front"]);
            rejection.Message.ShouldNotContain("PRIVATE KEY", Shouldly.Case.Sensitive);
            (await TlsProbe.SubjectAsync(port)).ShouldBe("CN=first.test");

            await played.ApplyAsync(TlsRecipes.Certificate("front", other));
            await Wait.UntilAsync("the next certificate", async () =>
                await TlsProbe.SubjectAsync(port) == "CN=other.test");
        });
}
