using Shouldly;
using Solo.Gloo;
using Xunit;
using Spec = Solo.Gloo.Options.Consul.UpstreamSpec;

namespace Stagedoor.Translation.Envoy.Tests;

public sealed class ConsulSubsetsTests
{
    private static readonly Spec Service = new()
    {
        ServiceName = "db",
        ServiceTags = { "replica", "primary" },
        DataCenters = { "west", "east" },
    };

    [Fact]
    public void Subsets_are_by_data_centre_by_tag_and_by_both() =>
        ConsulSubsets.Of(Service).Selectors.Select(selector => string.Join(' ', selector.Keys)).ShouldBe(
            ["dc_east dc_west", "tag_primary tag_replica", "dc_east dc_west tag_primary tag_replica"]);

    [Fact]
    public void A_destination_says_of_every_known_label_whether_it_wants_it()
    {
        var match = ConsulSubsets.Match(
            new ConsulServiceDestination { ServiceName = "db", Tags = { "primary" }, DataCenters = { "east" } },
            Service);

        match!.FilterMetadata["envoy.lb"].Fields.Select(field => $"{field.Key}={field.Value.StringValue}")
            .ShouldBe(["dc_east=1", "dc_west=0", "tag_primary=1", "tag_replica=0"]);
    }

    [Fact]
    public void A_destination_without_labels_takes_any_endpoint() =>
        ConsulSubsets.Match(new ConsulServiceDestination { ServiceName = "db" }, Service).ShouldBeNull();
}
