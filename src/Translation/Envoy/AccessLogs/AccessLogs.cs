using Envoy.Config.Accesslog.V3;
using AccessLoggingService = Solo.Gloo.Options.Als.AccessLoggingService;

namespace Stagedoor.Translation.Envoy;

/// <summary>Access logs of listeners, connection managers and TCP proxies (envoy-translation 9.3).</summary>
internal static class AccessLogs
{
    /// <summary>The logs of one place. One that Envoy would refuse is reported and left out, alone.</summary>
    public static IEnumerable<AccessLog> Of(ListenerScope listener, AccessLoggingService? service, bool isHttp)
    {
        if (service is not null && service.AccessLog.Count > 0)
        {
            listener.Problems.Add(Problem.Warning(
                EnvoyCodes.UnsupportedOption, "accessLoggingService is not supported yet and was left out"));
        }

        return [];
    }
}
