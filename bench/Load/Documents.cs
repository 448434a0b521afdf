using System.Globalization;
using System.Text;

namespace Stagedoor.Bench.Load;

/// <summary>The YAML that a workspace is made of.</summary>
internal static class Documents
{
    /// <summary>A VirtualService that no Envoy would take, and one that is cut off in the middle.</summary>
    public const string Broken =
        """
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: broken, namespace: gloo-system}
        spec:
          virtualHost:
            domains: ["broken.example.com"]
            routes:
            - matchers: [{regex: "/(unclosed"}]
              routeAction: {single: {upstream: {name: nowhere, namespace: gloo-system}}}
        ---
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: cut-off, namespace: gloo-system
        """;

    public static string Gateway(int port) =>
        $$"""
          apiVersion: gateway.solo.io/v1
          kind: Gateway
          metadata: {name: gateway-proxy, namespace: gloo-system}
          spec: {bindAddress: 127.0.0.1, bindPort: {{port}}, proxyNames: [gateway-proxy], httpGateway: { } }

          """;

    /// <summary>
    /// One domain, two routes: a direct response with <paramref name="mark"/> as its body, and an upstream.
    /// </summary>
    public static string VirtualService(string name, string domain, string upstream, string mark) =>
        $$"""
          apiVersion: gateway.solo.io/v1
          kind: VirtualService
          metadata: {name: {{name}}, namespace: gloo-system}
          spec:
            virtualHost:
              domains: ["{{domain}}"]
              routes:
              - matchers: [{exact: /mark}]
                directResponseAction: {status: 200, body: "mark={{mark}}."}
              - matchers: [{prefix: /}]
                routeAction: {single: {upstream: {name: {{upstream}}, namespace: gloo-system } } }

          """;

    public static string Upstream(string name, int port, int connectTimeoutMilliseconds) =>
        string.Create(CultureInfo.InvariantCulture,
            $$"""
              apiVersion: gloo.solo.io/v1
              kind: Upstream
              metadata: {name: {{name}}, namespace: gloo-system}
              spec:
                static: {hosts: [{addr: 127.0.0.1, port: {{port}} }]}
                connectionConfig: {connectTimeout: {{connectTimeoutMilliseconds / 1000.0}}s}

              """);

    /// <summary>One VirtualService with a route to each of these upstreams.</summary>
    public static string FanOut(string name, string domain, int[] upstreams)
    {
        var text = new StringBuilder(
            $$"""
              apiVersion: gateway.solo.io/v1
              kind: VirtualService
              metadata: {name: {{name}}, namespace: gloo-system}
              spec:
                virtualHost:
                  domains: ["{{domain}}"]
                  routes:

              """);
        foreach (var i in upstreams)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                  - matchers: [{prefix: /u{{i}}/}]
                    routeAction: {single: {upstream: {name: up-{{i}}, namespace: gloo-system } } }

              """);
        }

        return text.ToString();
    }
}
