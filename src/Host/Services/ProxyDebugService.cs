using Grpc.Core;
using Solo.Gloo;
using Stagedoor.Translation.Gateway;

namespace Stagedoor.Host.Services;

/// <summary>
/// Gloo's proxy debug service (infrastructure 3.1): the Proxy objects as Gateways make them, for <c>glooctl</c> and
/// other readers.
/// </summary>
internal sealed class ProxyDebugService(ProxyObjects proxies) : ProxyEndpointService.ProxyEndpointServiceBase
{
    /// <inheritdoc/>
    public override Task<ProxyEndpointResponse> GetProxies(ProxyEndpointRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var response = new ProxyEndpointResponse();
        if (request.Name.Length > 0) response.Proxies.Add(One(request));
        else response.Proxies.AddRange(Many(request));
        return Task.FromResult(response);
    }

    private Proxy One(ProxyEndpointRequest request)
    {
        if (request.Namespace.Length == 0)
        {
            throw new RpcException(new Status(
                StatusCode.InvalidArgument, $"the namespace of proxy {request.Name} is missing"));
        }

        return proxies.Current()
            .FirstOrDefault(p => p.Metadata.Name == request.Name && p.Metadata.Namespace == request.Namespace)
            ?? throw new RpcException(new Status(
                StatusCode.NotFound, $"proxy {request.Namespace}.{request.Name} not found"));
    }

    private IEnumerable<Proxy> Many(ProxyEndpointRequest request)
    {
        var listed = proxies.Current().Where(
            proxy => request.Namespace.Length == 0 || proxy.Metadata.Namespace == request.Namespace);
        if (request.ExpressionSelector.Length > 0)
        {
            var selector = LabelSelectorText.Parse(request.ExpressionSelector, out var error)
                ?? throw new RpcException(new Status(
                    StatusCode.InvalidArgument, $"the expression_selector is invalid: {error}"));
            return listed.Where(proxy => selector.Matches(proxy.Metadata.Labels));
        }

        return listed.Where(proxy => request.Selector.All(
            label => proxy.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value));
    }
}
