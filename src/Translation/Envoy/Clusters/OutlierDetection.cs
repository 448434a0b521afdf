namespace Stagedoor.Translation.Envoy;

/// <summary><c>outlierDetection</c> of an Upstream (envoy-translation 5.4).</summary>
internal static class OutlierDetection
{
    public static void Apply(ClusterScope cluster)
    {
        if (cluster.Upstream.OutlierDetection is not { } input) return;
        if (input.Interval is null) cluster.Error("outlierDetection.interval is required");
        cluster.Output.OutlierDetection = new EnvoyCluster.OutlierDetection
        {
            Consecutive5Xx = input.Consecutive5Xx,
            Interval = cluster.Checked(input.Interval, "outlierDetection.interval"),
            BaseEjectionTime = cluster.Checked(input.BaseEjectionTime, "outlierDetection.baseEjectionTime"),
            MaxEjectionPercent = input.MaxEjectionPercent,
            EnforcingConsecutive5Xx = input.EnforcingConsecutive5Xx,
            EnforcingSuccessRate = input.EnforcingSuccessRate,
            SuccessRateMinimumHosts = input.SuccessRateMinimumHosts,
            SuccessRateRequestVolume = input.SuccessRateRequestVolume,
            SuccessRateStdevFactor = input.SuccessRateStdevFactor,
            ConsecutiveGatewayFailure = input.ConsecutiveGatewayFailure,
            EnforcingConsecutiveGatewayFailure = input.EnforcingConsecutiveGatewayFailure,
            SplitExternalLocalOriginErrors = input.SplitExternalLocalOriginErrors,
            ConsecutiveLocalOriginFailure = input.ConsecutiveLocalOriginFailure,
            EnforcingConsecutiveLocalOriginFailure = input.EnforcingConsecutiveLocalOriginFailure,
            EnforcingLocalOriginSuccessRate = input.EnforcingLocalOriginSuccessRate,
        };

        // Envoy's own maximum, 300 s, also bounds a base time that is set alone.
        if (input.BaseEjectionTime is { } ejection && Durations.Milliseconds(ejection) > 300_000)
            cluster.Output.OutlierDetection.MaxEjectionTime = ejection;
    }
}
