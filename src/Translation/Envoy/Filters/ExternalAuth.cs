using Envoy.Extensions.Filters.Http.ExtAuthz.V3;
using AuthSettings = Solo.Gloo.Enterprise.Settings;
using GlooExtension = Solo.Gloo.Enterprise.ExtAuthExtension;
using SpecCase = Solo.Gloo.Enterprise.ExtAuthExtension.SpecOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>extauth</c>: a server of the user's own decides on requests (envoy-translation 9.1). Whatever is wrong with the
/// server, requests of virtual hosts and routes that want it are refused, never let through.
/// </summary>
internal sealed class ExternalAuth : HttpFeature
{
    private const string Name = "envoy.filters.http.ext_authz";

    /// <summary>A cluster that never exists, so that every check fails.</summary>
    private const string NoServer = "solo_io_generated_no_extauth_server";

    private const string Enterprise = "The Gloo Advanced Extauth API is an enterprise-only feature, "
        + "please upgrade or use the Envoy Extauth API instead";

    public override string ListenerFields => "extauth";

    public override string VirtualHostFields => "extauth";

    public override string RouteFields => "extauth";

    public override string WeightedFields => "extauth";

    public override void OnListener(FilterChainScope chain)
    {
        var gloo = chain.View.Settings;
        if (SettingsOf(chain.Input.Options, gloo) is not { } settings) return;
        var cluster = NoServer;
        var isServed = false;
        if (gloo.NamedExtauth.Count > 0) chain.Error(Enterprise, EnvoyCodes.EnterpriseOption);
        else if (settings.ExtauthzServerRef is not { } server) chain.Error("extauth.extauthzServerRef is required");
        else
        {
            (var state, cluster) = chain.Needs.Upstream(server);
            isServed = state.IsServed;
            if (!isServed)
                chain.Warn(
                    $"extauth: *v1.Upstream {{ {server.Namespace}.{server.Name} }} not found: "
                    + "requests that need it are refused", EnvoyCodes.FilterServer);
        }

        var problems = new List<Problem>();
        var config = ExternalAuthServer.Config(settings, cluster, RegexLimit.Of(gloo), problems);

        // A server that is not there is a mistake, not a failure that may be forgiven.
        if (!isServed) config.FailureModeAllow = false;
        chain.Add(FilterSlot.During(FilterStage.AuthN), Name, config);
        foreach (var problem in problems) chain.Error(problem.Message, EnvoyCodes.InvalidFilter);
    }

    public override void OnVirtualHost(VirtualHostScope host)
    {
        var settings = SettingsOf(host.Http.Options, host.View.Settings);
        var own = PerRoute(host.Options.Extauth, settings is not null, host.Problems);
        if (settings is not null) host.Configure(Name, own ?? new ExtAuthzPerRoute { Disabled = true });
    }

    public override void OnRoute(RouteScope route)
    {
        var isThere = SettingsOf(route.Host.Http.Options, route.Host.View.Settings) is not null;
        if (PerRoute(route.Options.Extauth, isThere, route.Problems) is { } config) route.Configure(Name, config);
    }

    public override void OnDestination(DestinationScope destination)
    {
        var host = destination.Route.Host;
        var isThere = SettingsOf(host.Http.Options, host.View.Settings) is not null;
        if (PerRoute(destination.Options.Extauth, isThere, destination.Route.Problems) is { } config)
            destination.Configure(Name, config);
    }

    private static AuthSettings? SettingsOf(GlooV1.HttpListenerOptions? options, GlooV1.Settings settings) =>
        options?.Extauth ?? settings.Extauth ?? (settings.NamedExtauth.Count > 0 ? new AuthSettings() : null);

    private static ExtAuthzPerRoute? PerRoute(GlooExtension? input, bool isThere, List<Problem> problems)
    {
        switch (input?.SpecCase)
        {
            case SpecCase.ConfigRef:
            case SpecCase.CustomAuth when input.CustomAuth.Name.Length > 0:
                problems.Add(Problem.Error(EnvoyCodes.EnterpriseProtection, Enterprise));
                return null;
            case SpecCase.CustomAuth when !isThere:
                problems.Add(Problem.Error(
                    EnvoyCodes.InvalidFilter,
                    "extauth.customAuth needs a server: neither the listener nor the Settings have extauth"));
                return null;
            case SpecCase.CustomAuth:
                var check = new CheckSettings();
                foreach (var (key, value) in input.CustomAuth.ContextExtensions
                    .OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    check.ContextExtensions.Add(key, value);
                return new ExtAuthzPerRoute { CheckSettings = check };
            case SpecCase.Disable when input.Disable && isThere:
                return new ExtAuthzPerRoute { Disabled = true };
            default:
                return null;
        }
    }
}
