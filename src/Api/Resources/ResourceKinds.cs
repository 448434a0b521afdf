namespace Stagedoor.Api;

/// <summary>The kinds that sources read (gateway-translation 0.1, infrastructure 6).</summary>
public static class ResourceKinds
{
    public static readonly ResourceKind Gateway = new("gateway.solo.io", "v1", "Gateway");
    public static readonly ResourceKind VirtualService = new("gateway.solo.io", "v1", "VirtualService");
    public static readonly ResourceKind RouteTable = new("gateway.solo.io", "v1", "RouteTable");
    public static readonly ResourceKind RouteOption = new("gateway.solo.io", "v1", "RouteOption");
    public static readonly ResourceKind VirtualHostOption = new("gateway.solo.io", "v1", "VirtualHostOption");
    public static readonly ResourceKind ListenerOption = new("gateway.solo.io", "v1", "ListenerOption");
    public static readonly ResourceKind HttpListenerOption = new("gateway.solo.io", "v1", "HttpListenerOption");
    public static readonly ResourceKind MatchableHttpGateway = new("gateway.solo.io", "v1", "MatchableHttpGateway");
    public static readonly ResourceKind MatchableTcpGateway = new("gateway.solo.io", "v1", "MatchableTcpGateway");
    public static readonly ResourceKind Proxy = new("gloo.solo.io", "v1", "Proxy");
    public static readonly ResourceKind Upstream = new("gloo.solo.io", "v1", "Upstream");
    public static readonly ResourceKind UpstreamGroup = new("gloo.solo.io", "v1", "UpstreamGroup");
    public static readonly ResourceKind Settings = new("gloo.solo.io", "v1", "Settings");
    public static readonly ResourceKind AuthConfig = new("enterprise.gloo.solo.io", "v1", "AuthConfig");
    public static readonly ResourceKind RateLimitConfig = new("ratelimit.solo.io", "v1alpha1", "RateLimitConfig");

    public static readonly ResourceKind Secret = new("", "v1", "Secret");
    public static readonly ResourceKind Service = new("", "v1", "Service");
    public static readonly ResourceKind Endpoints = new("", "v1", "Endpoints");
    public static readonly ResourceKind ConfigMap = new("", "v1", "ConfigMap");
    public static readonly ResourceKind Namespace = new("", "v1", "Namespace");
    public static readonly ResourceKind EndpointSlice = new("discovery.k8s.io", "v1", "EndpointSlice");
}
