namespace Stagedoor.Host.Tests;

/// <summary>The smallest configuration that serves something.</summary>
internal static class SmallFolder
{
    internal const string Petstore =
        """
        apiVersion: gateway.solo.io/v1
        kind: Gateway
        metadata: {name: gateway-proxy, namespace: gloo-system}
        spec: {bindAddress: '::', bindPort: 8080, httpGateway: {}, proxyNames: [gateway-proxy]}
        ---
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: pets, namespace: gloo-system}
        spec:
          virtualHost:
            domains: ['*']
            routes:
            - matchers: [{prefix: /}]
              routeAction: {single: {upstream: {name: pets, namespace: gloo-system}}}
        ---
        apiVersion: gloo.solo.io/v1
        kind: Upstream
        metadata: {name: pets, namespace: gloo-system}
        spec: {static: {hosts: [{addr: 127.0.0.1, port: 8090}]}}
        """;
}
