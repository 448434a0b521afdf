using Shouldly;
using Xunit;

namespace Stagedoor.Api.Tests.Documents;

/// <summary>Kubernetes' kinds survive being stored, too.</summary>
public sealed class ResourceCodecTests
{
    [Theory]
    [InlineData("v1", "Secret", "data: {a: AAEC}\ntype: x")]
    [InlineData("v1", "Service", "spec: {selector: {a: b}, ports: [{port: 80, targetPort: http}]}")]
    [InlineData("v1", "ConfigMap", "data: {a: b}\nbinaryData: {c: AAEC}")]
    [InlineData("v1", "Endpoints", "subsets: [{addresses: [{ip: 1.2.3.4, targetRef: {name: p}}], ports: [{port: 1}]}]")]
    [InlineData("discovery.k8s.io/v1", "EndpointSlice", "endpoints: [{addresses: [a], conditions: {ready: false}}]")]
    [InlineData("v1", "Namespace", "")]
    public void Round_trip(string apiVersion, string kind, string content)
    {
        var resource = Read.One(
            $"apiVersion: {apiVersion}\nkind: {kind}\nmetadata: {{name: a, labels: {{l: m}}}}\n{content}");

        var restored = ResourceCodec.Decode(ResourceCodec.Encode(resource)).ShouldNotBeNull();

        ContentHashes.Of(restored.Metadata, restored.Body).ShouldBe(resource.ContentHash);
        restored.Key.ShouldBe(resource.Key);
        restored.Body.GetType().ShouldBe(resource.Body.GetType());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"Group\":\"\",\"Kind\":\"Pod\",\"Body\":\"\"}")]
    [InlineData("{\"Group\":\"gloo.solo.io\",\"Kind\":\"Proxy\",\"Body\":\"////\"}")]
    public void Damaged_bytes_are_no_resource(string text) =>
        ResourceCodec.Decode(System.Text.Encoding.UTF8.GetBytes(text)).ShouldBeNull();
}
