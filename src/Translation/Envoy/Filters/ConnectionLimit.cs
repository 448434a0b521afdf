using Stagedoor.Translation.Validation;
using EnvoyLimit = Envoy.Extensions.Filters.Network.ConnectionLimit.V3.ConnectionLimit;
using GlooLimit = Solo.Gloo.Options.ConnectionLimit.ConnectionLimit;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>connectionLimit</c> of HTTP and TCP listeners (envoy-translation 2.5).</summary>
internal sealed class ConnectionLimit : HttpFeature
{
    /// <summary>Gloo names the filter after its type.</summary>
    private const string Name = "envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit";

    public override string ListenerFields => "connectionLimit";

    public override void OnListener(FilterChainScope chain)
    {
        var problems = new List<Problem>();
        Add(chain.Options.ConnectionLimit, chain.Network, problems);
        chain.Report(problems);
    }

    /// <summary>Adds the filter to a chain; a limit of 0 takes the listener away.</summary>
    public static void Add(GlooLimit? limit, StagedFilters filters, List<Problem> problems)
    {
        if (limit?.MaxActiveConnections is not { } most) return;
        var delay = limit.DelayBeforeClose;
        if (most == 0)
            Error(problems, "connectionLimit.maxActiveConnections must be greater than 0");
        else if (delay is not null && !Durations.IsValid(delay))
            Error(problems, "connectionLimit.delayBeforeClose must not be negative");
        else
        {
            filters.Add(FilterSlot.Before(FilterStage.RateLimit), Name, AnyTypes.Pack(new EnvoyLimit
            {
                StatPrefix = "connection_limit",
                MaxConnections = most,
                Delay = delay,
            }));
        }
    }

    private static void Error(List<Problem> problems, string reason) =>
        problems.Add(Problem.Error(EnvoyCodes.InvalidListener, reason));
}
