using Stagedoor.Api;
using Stagedoor.Host.Commands;

namespace Stagedoor.Host.Serving;

/// <summary>
/// Reads and translates a few documents for nothing, while the folder is waited for: else the first reading of the real
/// ones would wait a second for the compiler.
/// </summary>
internal static class WarmUp
{
    private const string Documents =
        """
        apiVersion: gateway.solo.io/v1
        kind: Gateway
        metadata: {name: a, namespace: gloo-system}
        spec: {bindAddress: '::', bindPort: 1, httpGateway: {}, proxyNames: [a]}
        ---
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: a, namespace: gloo-system}
        spec:
          virtualHost:
            domains: ['*']
            routes:
            - matchers: [{prefix: /, headers: [{name: a, value: a}]}, {regex: /a}]
              routeAction: {single: {upstream: {name: a, namespace: gloo-system}}}
              options: {prefixRewrite: /a, headerManipulation: {requestHeadersToRemove: [a]}}
        ---
        apiVersion: gloo.solo.io/v1
        kind: Upstream
        metadata: {name: a, namespace: gloo-system}
        spec: {static: {hosts: [{addr: 127.0.0.1, port: 1}]}}
        """;

    /// <summary>Does it; returns how many bytes came of it.</summary>
    public static long Run()
    {
        var read = DocumentReader.Read(Documents, "warm-up.yaml");
        var view = CatalogView.Empty.With(read.Resources, [], read.Diagnostics, isSynced: true);
        using var written = new MemoryStream();
        new TranslationDocument(view).Write(written);
        return written.Length;
    }
}
