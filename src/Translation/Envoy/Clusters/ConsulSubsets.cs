using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using ConsulDestination = Solo.Gloo.ConsulServiceDestination;
using Selector = Solo.Gloo.Options.Selector;
using Spec = Solo.Gloo.Options.Consul.UpstreamSpec;
using SubsetSpec = Solo.Gloo.Options.SubsetSpec;

namespace Stagedoor.Translation.Envoy;

/// <summary>Data centres and tags of Consul as subsets of a cluster (envoy-translation 7.5).</summary>
internal static class ConsulSubsets
{
    /// <summary>By data centre, by tag and by both.</summary>
    public static SubsetSpec Of(Spec spec)
    {
        var centres = Keys("dc_", spec.DataCenters);
        var tags = Keys("tag_", TagsOf(spec));
        var output = new SubsetSpec { Selectors = { new Selector { Keys = { centres } } } };
        if (tags.Length == 0) return output;
        output.Selectors.Add(new Selector { Keys = { tags } });
        output.Selectors.Add(new Selector { Keys = { centres.Concat(tags) } });
        return output;
    }

    /// <summary>What a destination selects; null if it names neither tags nor data centres.</summary>
    public static EnvoyCore.Metadata? Match(ConsulDestination destination, Spec spec)
    {
        if (destination.Tags.Count + destination.DataCenters.Count == 0) return null;
        var labels = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        if (destination.Tags.Count > 0)
            foreach (var tag in TagsOf(spec)) labels["tag_" + tag] = Flag(destination.Tags.Contains(tag));
        if (destination.DataCenters.Count > 0)
            foreach (var dc in spec.DataCenters) labels["dc_" + dc] = Flag(destination.DataCenters.Contains(dc));
        var match = new Struct();
        foreach (var (name, value) in labels) match.Fields.Add(name, value);
        return new EnvoyCore.Metadata { FilterMetadata = { ["envoy.lb"] = match } };
    }

    private static RepeatedField<string> TagsOf(Spec spec) =>
        spec.SubsetTags.Count > 0 ? spec.SubsetTags : spec.ServiceTags;

    private static string[] Keys(string prefix, IEnumerable<string> names) =>
        [.. names.Select(name => prefix + name).Distinct().Order(StringComparer.Ordinal)];

    private static Value Flag(bool isSet) => Value.ForString(isSet ? "1" : "0");
}
