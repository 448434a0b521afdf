using System.Text;
using Shouldly;
using Stagedoor.Api.Core;
using Xunit;

namespace Stagedoor.Api.Tests.Documents;

/// <summary>Kubernetes' own kinds.</summary>
public sealed class CoreKindsTests
{
    [Fact]
    public void A_service()
    {
        var resource = Read.One(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: s, namespace: n, annotations: {gloo.solo.io/h2_service: "true"}}
            spec:
              type: LoadBalancer
              clusterIP: 10.0.0.1
              selector: {app: a}
              somethingNew: {is: ignored}
              ports:
              - {name: http, port: 80, targetPort: 8080, appProtocol: http2}
              - {name: dns, port: 53, targetPort: dns, protocol: UDP}
            """);

        var service = resource.As<Service>();
        service.Type.ShouldBe("LoadBalancer");
        service.ClusterIP.ShouldBe("10.0.0.1");
        service.Selector["app"].ShouldBe("a");
        service.Ports.ShouldBe(
        [
            new ServicePort("http", 80) { TargetPort = "8080", AppProtocol = "http2" },
            new ServicePort("dns", 53) { TargetPort = "dns", Protocol = "UDP" },
        ]);
    }

    [Fact]
    public void A_secret_with_plain_and_encoded_data()
    {
        var secret = Read.One(
            """
            apiVersion: v1
            kind: Secret
            type: kubernetes.io/tls
            metadata: {name: s}
            data:
              a: aGVs
                bG8=
              b: b25l
            stringData: {b: two}
            """).As<Secret>();

        secret.Type.ShouldBe("kubernetes.io/tls");
        secret.Data.Select(pair => pair.Key + Encoding.UTF8.GetString(pair.Value.Span)).ShouldBe(["ahello", "btwo"]);
        secret.ToString().ShouldNotContain("hello");
    }

    [Fact]
    public void Endpoints_and_slices()
    {
        var endpoints = Read.One(
            """
            apiVersion: v1
            kind: Endpoints
            metadata: {name: e}
            subsets:
            - addresses: [{ip: 10.0.0.1, nodeName: n, targetRef: {kind: Pod, name: p, namespace: d}}]
              notReadyAddresses: [{ip: 10.0.0.2}]
              ports: [{name: http, port: 8080}]
            """).As<Endpoints>();
        var slice = Read.One(
            """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: e-1, labels: {kubernetes.io/service-name: e}}
            addressType: IPv6
            endpoints:
            - {addresses: ["fd00::1"], zone: z}
            - {addresses: ["fd00::2"], conditions: {ready: false, serving: true, terminating: true}}
            - {addresses: ["fd00::3"], conditions: {ready: false}}
            ports: [{name: http, port: 8080, protocol: TCP}]
            """).As<EndpointSlice>();

        endpoints.Subsets[0].Addresses[0].TargetRef.ShouldBe(new ObjectReference("Pod", "d", "p"));
        endpoints.Subsets[0].NotReadyAddresses[0].Ip.ShouldBe("10.0.0.2");
        endpoints.Subsets[0].Ports[0].ShouldBe(new EndpointPort("http", 8080));
        slice.AddressType.ShouldBe("IPv6");
        slice.Endpoints.Select(e => (e.Ready, e.Serving, e.Terminating)).ShouldBe(
            [(true, true, false), (false, true, true), (false, false, false)]);
    }

    [Fact]
    public void A_namespace_is_in_no_namespace()
    {
        var resource = Read.One("apiVersion: v1\nkind: Namespace\nmetadata: {name: n, labels: {a: b}}");

        resource.Key.ShouldBe(ResourceKey.Of(ResourceKinds.Namespace, "", "n"));
        resource.Metadata.Labels["a"].ShouldBe("b");
    }

    [Theory]
    [InlineData("Service", "spec: {ports: [{port: '80'}]}", "spec.ports[0].port")]
    [InlineData("Service", "spec: {ports: [{port: 0}]}", "spec.ports[0].port")]
    [InlineData("Service", "spec: {ports: [{name: a}]}", "spec.ports[0]")]
    [InlineData("Service", "spec: {ports: {port: 80}}", "spec.ports")]
    [InlineData("Service", "spec: []", "spec")]
    [InlineData("Endpoints", "subsets: [{addresses: [{hostname: a}]}]", "subsets[0].addresses[0]")]
    [InlineData("ConfigMap", "data: {a: 1}", "data.a")]
    public void An_obviously_wrong_type_is_an_error(string kind, string rest, string field)
    {
        var error = Read.Error($"apiVersion: v1\nkind: {kind}\nmetadata: {{name: a}}\n{rest}");

        error.Code.ShouldBe(DocumentCodes.BadValue);
        error.Field.ShouldBe(field);
    }

    [Fact]
    public void Equal_content_has_equal_hashes()
    {
        const string text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: '1', y: '2'}";

        Read.One(text).ContentHash.ShouldBe(Read.One(text.Replace("x: '1', y: '2'", "y: \"2\", x: \"1\"")).ContentHash);
        Read.One(text).ContentHash.ShouldNotBe(Read.One(text.Replace("'2'", "'3'")).ContentHash);
    }
}
