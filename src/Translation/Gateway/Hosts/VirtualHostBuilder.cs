using System.Collections.Immutable;
using Solo.Gloo;
using Stagedoor.Api;
using Edge = Solo.Gateway;

namespace Stagedoor.Translation.Gateway;

/// <summary>Translates a VirtualService to a virtual host (gateway-translation 1.7).</summary>
internal static class VirtualHostBuilder
{
    private static readonly Edge.VirtualHost NoHost = new();

    /// <summary>The virtual host, whatever the input; what is wrong with that is among the diagnostics.</summary>
    public static VirtualHostPiece Build(Resource resource, string gatewayName, HostContext context)
    {
        var service = resource.As<Edge.VirtualService>();
        var report = new RouteReport(resource);
        var dependencies = new DependencyCollector(context.Inputs);
        if (service.VirtualHost is null)
        {
            report.Warning(
                GatewayCodes.NoVirtualHost, "spec.virtualHost", "the virtual service does not specify a virtual host");
        }

        var written = service.VirtualHost ?? NoHost;
        var options = Options(written, dependencies, report);
        var container = RouteContainer.OfVirtualService(resource, gatewayName, context.ProxyName);
        var visitor = new RouteVisitor(context, dependencies, report);
        var routes = new List<Route>(written.Routes.Count);
        visitor.Visit(written, options, container, routes);
        if (context.Settings.WarnShortCircuits) ShortCircuits.Warn(routes, report);
        var host = new VirtualHost
        {
            Name = $"{resource.Key.Namespace}.{resource.Key.Name}",
            Options = options,
            MetadataStatic = container.Sources,
        };
        var claims = Domains(written, host, report);
        host.Routes.AddRange(routes);
        var ssl = WithDefaults(service.SslConfig, context.Settings);
        return new VirtualHostPiece
        {
            Source = resource,
            Host = host,
            Claims = claims,
            Ssl = ssl,
            SslGroup = SslGroups.KeyOf(ssl),
            Diagnostics = report.Own,
            OfTables = report.OfTables,
            Dependencies = dependencies.ToDependencies(),
            HoldsGatewayName = visitor.AnyNamed,
        };
    }

    private static VirtualHostOptions? Options(
        Edge.VirtualHost written, DependencyCollector dependencies, RouteReport report)
    {
        var options = written.Options;
        if (written.OptionsConfigRefs is not { } references) return options;
        foreach (var reference in references.DelegateOptions)
        {
            if (dependencies.VirtualHostOption(reference) is { } found)
            {
                options = ShallowMerge.Of(options, found.As<Edge.VirtualHostOption>().Options);
                continue;
            }

            report.Warning(
                GatewayCodes.MissingVirtualHostOption, "spec.virtualHost.optionsConfigRefs",
                $"VirtualHostOption {reference.Namespace}.{reference.Name} does not exist");
        }

        return options;
    }

    /// <summary>
    /// Takes the domains over, each once: Envoy refuses a whole route configuration for one that repeats.
    /// </summary>
    private static ImmutableArray<string> Domains(Edge.VirtualHost written, VirtualHost host, RouteReport report)
    {
        if (written.Domains.Count == 0 || written.Domains is [""])
        {
            host.Domains.AddRange(written.Domains);
            return ["*"];
        }

        var claims = ImmutableArray.CreateBuilder<string>(written.Domains.Count);
        var seen = written.Domains.Count > 1 ? new HashSet<string>(StringComparer.Ordinal) : null;
        foreach (var domain in written.Domains)
        {
            var claim = DomainNames.Claim(domain);
            if (seen?.Add(claim) == false)
            {
                report.Warning(
                    GatewayCodes.RepeatedDomain, "spec.virtualHost.domains",
                    $"the domain {Shorten.Text(domain)} is written more than once");
                continue;
            }

            claims.Add(claim);
            host.Domains.Add(domain);
        }

        return claims.DrainToImmutable();
    }

    private static SslConfig? WithDefaults(SslConfig? ssl, EdgeSettings settings)
    {
        if (ssl is not { OneWayTls: null } || settings.OneWayTls is not { } oneWayTls) return ssl;
        var result = ssl.Clone();
        result.OneWayTls = oneWayTls;
        return result;
    }
}
