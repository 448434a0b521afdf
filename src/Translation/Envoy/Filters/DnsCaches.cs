using Envoy.Extensions.Common.DynamicForwardProxy.V3;
using Envoy.Extensions.Network.DnsResolver.Apple.V3;
using Stagedoor.Translation.Validation;
using Cares = Envoy.Extensions.Network.DnsResolver.Cares.V3.CaresDnsResolverConfig;
using Family = Envoy.Config.Cluster.V3.Cluster.Types.DnsLookupFamily;
using GlooCache = Solo.Gloo.Options.Dfp.DnsCacheConfig;
using GlooCares = Solo.Gloo.Options.Dfp.CaresDnsResolverConfig;
using GlooFamily = Solo.Gloo.Options.Dfp.DnsLookupFamily;
using ResolverCase = Solo.Gloo.Options.Dfp.DnsCacheConfig.DnsCacheTypeOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary>DNS caches of dynamic forward proxies (envoy-translation 9.7).</summary>
internal static class DnsCaches
{
    /// <summary>The cache; problems mean that it must not be served.</summary>
    public static DnsCacheConfig Of(GlooCache? input, string name, List<Problem> problems)
    {
        input ??= new GlooCache();
        var output = new DnsCacheConfig
        {
            Name = name,
            DnsLookupFamily = input.DnsLookupFamily switch
            {
                GlooFamily.V4Only => Family.V4Only,
                GlooFamily.V6Only => Family.V6Only,
                GlooFamily.Auto => Family.Auto,
                GlooFamily.All => Family.All,
                _ => Family.V4Preferred,
            },
            DnsRefreshRate = input.DnsRefreshRate,
            HostTtl = input.HostTtl,
            MaxHosts = input.MaxHosts,
            DnsQueryTimeout = input.DnsQueryTimeout,
            DnsCacheCircuitBreaker = input.DnsCacheCircuitBreaker is { } breaker
                ? new DnsCacheCircuitBreakers { MaxPendingRequests = breaker.MaxPendingRequests }
                : null,
            DnsFailureRefreshRate = input.DnsFailureRefreshRate is { } rate
                ? new EnvoyCluster.Cluster.Types.RefreshRate
                {
                    BaseInterval = rate.BaseInterval,
                    MaxInterval = rate.MaxInterval,
                }
                : null,
        };
        foreach (var host in input.PreresolveHostnames)
        {
            if (host.PortSpecifierCase == Solo.Envoy.Config.Core.V3.SocketAddress.PortSpecifierOneofCase.None)
                Error(problems, $"preresolveHostnames: {host.Address} needs a port");
            else output.PreresolveHostnames.Add(
                new EnvoyCore.SocketAddress { Address = host.Address, PortValue = host.PortValue });
        }

        Resolver(input, output, problems);
        foreach (var violation in MessageValidator.Validate(output)) Error(problems, violation.ToString());
        return output;
    }

    private static void Resolver(GlooCache input, DnsCacheConfig output, List<Problem> problems)
    {
        switch (input.DnsCacheTypeCase)
        {
            case ResolverCase.CaresDns:
                output.TypedDnsResolverConfig = new EnvoyCore.TypedExtensionConfig
                {
                    Name = "envoy.network.dns_resolver.cares",
                    TypedConfig = AnyTypes.Pack(CaresOf(input.CaresDns, problems)),
                };
                break;
            case ResolverCase.AppleDns:
                output.TypedDnsResolverConfig = new EnvoyCore.TypedExtensionConfig
                {
                    Name = "envoy.network.dns_resolver.apple",
                    TypedConfig = AnyTypes.Pack(new AppleDnsResolverConfig()),
                };
                break;
        }
    }

    private static Cares CaresOf(GlooCares input, List<Problem> problems)
    {
        var output = new Cares
        {
            DnsResolverOptions = input.DnsResolverOptions is { } options
                ? new EnvoyCore.DnsResolverOptions
                {
                    UseTcpForDnsLookups = options.UseTcpForDnsLookups,
                    NoDefaultSearchDomain = options.NoDefaultSearchDomain,
                }
                : null,
        };
        foreach (var resolver in input.Resolvers)
        {
            if (resolver.SocketAddress is not { } address || !System.Net.IPAddress.TryParse(address.Address, out _))
                Error(problems, "caresDns.resolvers must be IP addresses");
            else
                output.Resolvers.Add(new EnvoyCore.Address
                {
                    SocketAddress = new EnvoyCore.SocketAddress
                    {
                        Address = address.Address,
                        PortValue = address.PortValue,
                        Protocol = (EnvoyCore.SocketAddress.Types.Protocol)(int)address.Protocol,
                    },
                });
        }

        return output;
    }

    private static void Error(List<Problem> problems, string reason) =>
        problems.Add(Problem.Error(EnvoyCodes.InvalidFilter, $"dynamicForwardProxy.dnsCacheConfig: {reason}"));
}
