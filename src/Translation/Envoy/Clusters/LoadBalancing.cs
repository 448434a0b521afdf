using LbPolicy = Envoy.Config.Cluster.V3.Cluster.Types.LbPolicy;
using SlowStart = Envoy.Config.Cluster.V3.Cluster.Types.SlowStartConfig;
using Types = Envoy.Config.Cluster.V3.Cluster.Types;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>loadBalancerConfig</c> of an Upstream (envoy-translation 5.7).</summary>
internal static class LoadBalancing
{
    private const ulong MaxRingSize = 8_388_608;

    public static void Apply(ClusterScope cluster)
    {
        if (cluster.Upstream.LoadBalancerConfig is not { } config) return;
        Common(cluster, config);
        var output = cluster.Output;
        switch (config.TypeCase)
        {
            case GlooV1.LoadBalancerConfig.TypeOneofCase.RoundRobin:
                output.LbPolicy = LbPolicy.RoundRobin;
                if (config.RoundRobin.SlowStartConfig is { } slow)
                    output.RoundRobinLbConfig = new Types.RoundRobinLbConfig { SlowStartConfig = Slow(cluster, slow) };
                break;
            case GlooV1.LoadBalancerConfig.TypeOneofCase.LeastRequest:
                LeastRequest(cluster, config.LeastRequest);
                break;
            case GlooV1.LoadBalancerConfig.TypeOneofCase.Random:
                output.LbPolicy = LbPolicy.Random;
                break;
            case GlooV1.LoadBalancerConfig.TypeOneofCase.RingHash:
                RingHash(cluster, config.RingHash);
                break;
            case GlooV1.LoadBalancerConfig.TypeOneofCase.Maglev:
                output.LbPolicy = LbPolicy.Maglev;
                break;
        }
    }

    private static void Common(ClusterScope cluster, GlooV1.LoadBalancerConfig config)
    {
        var common = new Types.CommonLbConfig();
        if (config.HealthyPanicThreshold is { } threshold)
        {
            if (threshold is not (>= 0 and <= 100)) cluster.Error("healthyPanicThreshold must be between 0 and 100");
            common.HealthyPanicThreshold = new EnvoyType.Percent { Value = threshold };
        }

        if (config.UpdateMergeWindow is { } window)
        {
            if (!Durations.IsValid(window)) cluster.Error("updateMergeWindow must not be negative");
            common.UpdateMergeWindow = window;
        }

        if (config.LocalityWeightedLbConfig is not null)
            common.LocalityWeightedLbConfig = new Types.CommonLbConfig.Types.LocalityWeightedLbConfig();
        if (config.UseHostnameForHashing == true)
            common.ConsistentHashingLbConfig =
                new Types.CommonLbConfig.Types.ConsistentHashingLbConfig { UseHostnameForHashing = true };
        common.CloseConnectionsOnHostSetChange = config.CloseConnectionsOnHostSetChange;
        if (common.CalculateSize() > 0) cluster.Output.CommonLbConfig = common;
    }

    private static void LeastRequest(ClusterScope cluster, GlooV1.LoadBalancerConfig.Types.LeastRequest config)
    {
        cluster.Output.LbPolicy = LbPolicy.LeastRequest;
        if (config.ChoiceCount == 0 && config.SlowStartConfig is null) return;
        if (config.ChoiceCount == 1) cluster.Error("leastRequest.choiceCount must be at least 2");
        cluster.Output.LeastRequestLbConfig = new Types.LeastRequestLbConfig
        {
            ChoiceCount = config.ChoiceCount == 0 ? null : config.ChoiceCount,
            SlowStartConfig = config.SlowStartConfig is { } slow ? Slow(cluster, slow) : null,
        };
    }

    private static void RingHash(ClusterScope cluster, GlooV1.LoadBalancerConfig.Types.RingHash config)
    {
        var minimum = config.RingHashConfig?.MinimumRingSize ?? 0;
        var maximum = config.RingHashConfig?.MaximumRingSize ?? 0;
        if (minimum > MaxRingSize || maximum > MaxRingSize) cluster.Error($"a ring size must be at most {MaxRingSize}");
        if (maximum > 0 && (minimum == 0 ? 1024 : minimum) > maximum)
            cluster.Error("minimumRingSize (1024 if not set) must be at most maximumRingSize");
        cluster.Output.LbPolicy = LbPolicy.RingHash;
        cluster.Output.RingHashLbConfig = new Types.RingHashLbConfig
        {
            MinimumRingSize = minimum == 0 ? null : minimum,
            MaximumRingSize = maximum == 0 ? null : maximum,
        };
    }

    private static SlowStart Slow(ClusterScope cluster, GlooV1.LoadBalancerConfig.Types.SlowStartConfig config)
    {
        if (config.SlowStartWindow is null) cluster.Error("slowStartConfig.slowStartWindow is required");
        if (config.MinWeightPercent is not (null or >= 0 and <= 100))
            cluster.Error("slowStartConfig.minWeightPercent must be between 0 and 100");
        if (config.Aggression is not (null or > 0)) cluster.Error("slowStartConfig.aggression must be greater than 0");
        return new SlowStart
        {
            SlowStartWindow = cluster.Checked(config.SlowStartWindow, "slowStartConfig.slowStartWindow"),
            Aggression = config.Aggression is { } aggression
                ? new EnvoyCore.RuntimeDouble
                {
                    DefaultValue = aggression,
                    RuntimeKey = $"upstream.{cluster.Output.Name}.slowStart.aggression",
                }
                : null,
            MinWeightPercent = config.MinWeightPercent is { } percent ? new EnvoyType.Percent { Value = percent }
                : null,
        };
    }
}
