using System.Net;
using Stagedoor.Api;
using Stagedoor.Translation.Validation;
using Stagedoor.Xds;
using ListenerCase = Solo.Gloo.Listener.ListenerTypeOneofCase;
using Transparency = Envoy.Config.Listener.V3.Listener.Types.ConnectionBalanceConfig;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// A Gloo listener as an Envoy listener (envoy-translation 2). One that cannot be served is left out alone.
/// </summary>
internal static class ListenerTranslator
{
    private const string HandledListener = """
        perConnectionBufferLimitBytes connectionBalanceConfig
        """;
    private static readonly string HandledHttp =
        "httpConnectionManagerSettings router headerValidationSettings " + HttpFeatures.ListenerFields;

    /// <summary>Name of the route configuration of an HTTP listener.</summary>
    public static string RoutesOf(GlooV1.Listener listener) => listener.Name + "-routes";

    /// <summary>The encoded listener; null if it cannot be served or has nothing to serve.</summary>
    /// <param name="input">The listener of the Proxy.</param>
    /// <param name="view">The inputs.</param>
    /// <param name="needs">Where to report what it needs besides its routes.</param>
    /// <param name="filters">Names of the filters that its routes configure.</param>
    /// <param name="problems">Where to report.</param>
    public static EncodedResource? Translate(
        GlooV1.Listener input, TrackedView view, ListenerNeeds needs, IReadOnlySet<string> filters,
        List<Problem> problems)
    {
        var output = new EnvoyListener.Listener { Name = input.Name, Address = Address(input, problems) };
        if (input.Name.Length == 0) Error(problems, "a listener needs a name");
        Options(input, output, problems);
        switch (input.ListenerTypeCase)
        {
            case ListenerCase.HttpListener:
                Http(input, output, new FilterChainScope(input.HttpListener, view, needs, filters, problems), problems);
                break;
            case ListenerCase.None:
                Error(problems, "no listener type specified");
                break;
            default:
                Error(
                    problems, $"listeners of type {input.ListenerTypeCase} are not supported yet",
                        EnvoyCodes.UnsupportedProtection);
                break;
        }

        if (output.FilterChains.Count == 0 || problems.Exists(IsFatal)) return null;
        foreach (var violation in MessageValidator.Validate(output))
            Error(problems, $"Envoy would reject the listener: {violation}", EnvoyCodes.RejectedByRule);
        if (problems.Exists(IsFatal)) return null;
        return EncodedResource.Encode(
            XdsType.Listener, input.Name, output,
            new ResourceRefs
            {
                RouteConfigurations = input.HttpListener is null ? [] : [RoutesOf(input)],
                Clusters = [.. needs.Clusters],
            });
    }

    /// <summary>
    /// Whether a problem takes the listener away: not those of single options, which are left out by themselves.
    /// </summary>
    public static bool IsFatal(Problem problem) =>
        problem.Severity == Severity.Error
        && problem.Code is not (EnvoyCodes.InvalidOption or EnvoyCodes.EnterpriseOption);

    private static EnvoyCore.Address Address(GlooV1.Listener input, List<Problem> problems)
    {
        if (!IPAddress.TryParse(input.BindAddress, out _))
            Error(problems, $"bindAddress '{input.BindAddress}' is not an IP address");
        if (input.BindPort > 65535) Error(problems, "bindPort must be at most 65535");
        var dot = input.BindAddress.IndexOfAny(['.', ':']);
        return new EnvoyCore.Address
        {
            SocketAddress = new EnvoyCore.SocketAddress
            {
                Address = input.BindAddress,
                PortValue = input.BindPort,
                Ipv4Compat = dot < 0 || input.BindAddress[dot] == ':',
            },
        };
    }

    private static void Options(GlooV1.Listener input, EnvoyListener.Listener output, List<Problem> problems)
    {
        if (input.UseProxyProto == true)
            Error(problems, "useProxyProto is not supported yet", EnvoyCodes.UnsupportedProtection);
        if (input.SslConfigurations.Count > 0)
            Error(problems, "sslConfigurations are not supported yet", EnvoyCodes.UnsupportedProtection);
        if (input.Options is not { } options) return;
        OptionGuard.Check(options, HandledListener, problems);
        if (options.PerConnectionBufferLimitBytes is { } limit and > 0) output.PerConnectionBufferLimitBytes = limit;
        if (options.ConnectionBalanceConfig is not { } balance) return;
        if (balance.ExactBalance is null)
            problems.Add(Problem.Error(EnvoyCodes.InvalidOption, "connection balancer does not specify balancer type"));
        else
            output.ConnectionBalanceConfig = new Transparency { ExactBalance = new Transparency.Types.ExactBalance() };
    }

    private static void Http(
        GlooV1.Listener input, EnvoyListener.Listener output, FilterChainScope chain, List<Problem> problems)
    {
        var http = chain.Input;
        OptionGuard.Check(http.Options, HandledHttp, problems);
        if (http.VirtualHosts.Count == 0 && chain.View.Settings.Gateway?.TranslateEmptyGateways != true) return;
        output.FilterChains.Add(new EnvoyListener.FilterChain
        {
            Filters = { ConnectionManager.Of(chain, RoutesOf(input), problems) },
        });
    }

    private static void Error(List<Problem> problems, string reason, string code = EnvoyCodes.InvalidListener) =>
        problems.Add(Problem.Error(code, reason));
}
