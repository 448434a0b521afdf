using System.Collections.Immutable;
using System.Text;
using Stagedoor.Api.Core;

namespace Stagedoor.Api.Documents;

/// <summary>Documents of Kubernetes' own kinds into the records of <see cref="Core"/>.</summary>
internal sealed class CoreReader(ReadContext context)
{
    /// <summary>The body of a document of this kind.</summary>
    public object Read(Node document, ResourceKind kind) => kind.Kind switch
    {
        "Service" => Below(document, "spec", ReadService),
        "Secret" => ReadSecret(document),
        "ConfigMap" => ReadConfigMap(document),
        "Endpoints" => new Endpoints
        {
            Subsets = NodeReader.List(document, "subsets", context, ReadSubset),
        },
        "EndpointSlice" => ReadSlice(document),
        "Namespace" => new Namespace(),
        _ => throw new InvalidOperationException($"{kind} has no reader"),
    };

    private T Below<T>(Node node, string field, Func<Node, T> read) where T : new()
    {
        if (node[field] is not { } below) return new T();
        context.Path.Push(field);
        T? result = default;
        if (below.Kind == NodeKind.Map) result = read(below);
        else context.WrongType(below, "an object");
        context.Path.Pop();
        return result ?? new T();
    }

    private Service ReadService(Node spec) => new()
    {
        Type = NodeReader.String(spec, "type", context, "ClusterIP"),
        ClusterIP = NodeReader.String(spec, "clusterIP", context),
        ExternalName = NodeReader.String(spec, "externalName", context),
        Selector = NodeReader.Strings(spec, "selector", context),
        Ports = NodeReader.List(spec, "ports", context, ReadServicePort),
    };

    private ServicePort ReadServicePort(Node port)
    {
        if (port["port"] is null) context.Error(DocumentCodes.BadValue, port.Line, "the port is missing");
        return new ServicePort(NodeReader.String(port, "name", context), NodeReader.Port(port, "port", context, 0))
        {
            TargetPort = NodeReader.StringOrNumber(port, "targetPort", context),
            Protocol = NodeReader.String(port, "protocol", context, "TCP"),
            AppProtocol = NodeReader.String(port, "appProtocol", context),
        };
    }

    private Secret ReadSecret(Node document)
    {
        var data = NodeReader.Base64(document, "data", context);
        foreach (var (key, text) in NodeReader.Strings(document, "stringData", context))
            data = data.SetItem(key, Encoding.UTF8.GetBytes(text));
        return new Secret { Type = NodeReader.String(document, "type", context, "Opaque"), Data = data };
    }

    private ConfigMap ReadConfigMap(Node document) => new()
    {
        Data = NodeReader.Strings(document, "data", context),
        BinaryData = NodeReader.Base64(document, "binaryData", context),
    };

    private EndpointSubset ReadSubset(Node subset) => new()
    {
        Addresses = NodeReader.List(subset, "addresses", context, ReadAddress),
        NotReadyAddresses = NodeReader.List(subset, "notReadyAddresses", context, ReadAddress),
        Ports = NodeReader.List(subset, "ports", context, ReadEndpointPort),
    };

    private EndpointAddress ReadAddress(Node address)
    {
        var ip = NodeReader.String(address, "ip", context);
        if (ip.Length == 0) context.Error(DocumentCodes.BadValue, address.Line, "the ip is missing");
        return new EndpointAddress(ip)
        {
            Hostname = NodeReader.String(address, "hostname", context),
            NodeName = NodeReader.String(address, "nodeName", context),
            TargetRef = ReadReference(address),
        };
    }

    private EndpointPort ReadEndpointPort(Node port) =>
        new(NodeReader.String(port, "name", context), NodeReader.Port(port, "port", context, 0))
        {
            Protocol = NodeReader.String(port, "protocol", context, "TCP"),
            AppProtocol = NodeReader.String(port, "appProtocol", context),
        };

    private ObjectReference? ReadReference(Node node) =>
        node["targetRef"] is { Kind: NodeKind.Map } reference
            ? new ObjectReference(
                NodeReader.String(reference, "kind", context),
                NodeReader.String(reference, "namespace", context),
                NodeReader.String(reference, "name", context))
            : null;

    private EndpointSlice ReadSlice(Node document) => new()
    {
        AddressType = NodeReader.String(document, "addressType", context, "IPv4"),
        Endpoints = NodeReader.List(document, "endpoints", context, ReadEndpoint),
        Ports = NodeReader.List(document, "ports", context, ReadEndpointPort),
    };

    private SliceEndpoint ReadEndpoint(Node endpoint)
    {
        var conditions = endpoint["conditions"] is { Kind: NodeKind.Map } given ? given : endpoint;
        var hasConditions = conditions != endpoint;
        var ready = !hasConditions || NodeReader.Bool(conditions, "ready", context, true);
        return new SliceEndpoint
        {
            Addresses = ReadAddresses(endpoint),
            Ready = ready,
            Serving = hasConditions ? NodeReader.Bool(conditions, "serving", context, ready) : ready,
            Terminating = hasConditions && NodeReader.Bool(conditions, "terminating", context, false),
            Hostname = NodeReader.String(endpoint, "hostname", context),
            NodeName = NodeReader.String(endpoint, "nodeName", context),
            Zone = NodeReader.String(endpoint, "zone", context),
            TargetRef = ReadReference(endpoint),
        };
    }

    private ImmutableArray<string> ReadAddresses(Node endpoint)
    {
        if (endpoint["addresses"] is not { } list) return [];
        if (list.Kind == NodeKind.List && list.Items.TrueForAll(item => item.Kind == NodeKind.String))
            return [.. list.Items.Select(item => item.Text)];
        context.Path.Push("addresses");
        context.WrongType(list, "a list of strings");
        context.Path.Pop();
        return [];
    }
}
