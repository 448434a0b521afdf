namespace Stagedoor.Tools.Tests;

/// <summary>Configurations that several tests read.</summary>
internal static class Samples
{
    internal const string Gateway =
        """
        apiVersion: gateway.solo.io/v1
        kind: Gateway
        metadata: {name: gateway-proxy, namespace: gloo-system}
        spec: {bindAddress: '127.0.0.1', bindPort: 8080, httpGateway: {}, proxyNames: [gateway-proxy]}
        """;

    internal const string Upstream =
        """
        apiVersion: gloo.solo.io/v1
        kind: Upstream
        metadata: {name: pets, namespace: gloo-system}
        spec: {static: {hosts: [{addr: 127.0.0.1, port: 8090}]}}
        """;

    internal const string VirtualService =
        """
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: pets, namespace: gloo-system}
        spec:
          virtualHost:
            domains: ['pets.example']
            routes:
            - matchers: [{prefix: /}]
              routeAction: {single: {upstream: {name: pets, namespace: gloo-system}}}
        """;

    /// <summary>Documents of one file.</summary>
    internal static string Join(params string[] documents) => string.Join("\n---\n", documents) + "\n";

    /// <summary>A configuration without faults.</summary>
    internal static string Petstore => Join(Gateway, VirtualService, Upstream);
}
