using Google.Protobuf.Collections;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>customHttpFilters</c> and <c>customNetworkFilters</c>: filters given as Envoy's own configuration. One without a
/// stage stands within the first (envoy-translation 2.5).
/// </summary>
internal sealed class CustomFilters : HttpFeature
{
    public override void OnListener(FilterChainScope chain)
    {
        var problems = new List<Problem>();
        Add(chain.Input.CustomHttpFilters, "customHttpFilters", chain.Filters, problems);
        Add(chain.Input.CustomNetworkFilters, "customNetworkFilters", chain.Network, problems);
        chain.Report(problems);
    }

    /// <summary>
    /// Adds the filters; one that cannot be added may protect something, so it takes the listener away.
    /// </summary>
    public static void Add(
        RepeatedField<GlooV1.CustomEnvoyFilter> input, string field, StagedFilters output, List<Problem> problems)
    {
        foreach (var filter in input)
        {
            if (filter.Name.Length == 0 || filter.Config is null || filter.Config.TypeUrl.Length == 0)
            {
                problems.Add(Problem.Error(
                    EnvoyCodes.InvalidListener, $"{field}: a filter needs a name and a config with its type"));
                continue;
            }

            output.Add(
                filter.FilterStage is { } stage ? FilterSlot.Of(stage) : FilterSlot.During(FilterStage.Fault),
                filter.Name, filter.Config);
        }
    }
}
