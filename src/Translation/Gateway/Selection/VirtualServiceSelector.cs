using System.Collections.Immutable;
using Google.Protobuf.Collections;
using Solo.Gateway;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Which VirtualServices an HttpGateway serves (gateway-translation 1.5). Only the first mode that is given counts:
/// expressions, labels, references, else every VirtualService of the allowed namespaces.
/// </summary>
internal sealed class VirtualServiceSelector
{
    private static readonly MapField<string, string> NoLabels = [];

    private readonly bool _ssl;
    private readonly NamespaceList _namespaces;
    private readonly LabelSelector? _labels;
    private readonly HashSet<(string Namespace, string Name)>? _references;

    /// <param name="gateway">The Gateway's or matched gateway's part.</param>
    /// <param name="ssl">Whether VirtualServices with, or those without, sslConfig are served.</param>
    public VirtualServiceSelector(HttpGateway gateway, bool ssl)
    {
        _ssl = ssl;
        _namespaces = NamespaceList.Of(gateway.VirtualServiceNamespaces);
        References = [.. gateway.VirtualServices.Select(reference => (reference.Namespace, reference.Name))];
        if (gateway.VirtualServiceExpressions is { } expressions)
        {
            if (LabelExpressions.Parse(expressions.Expressions, out var error) is { } requirements)
                _labels = new LabelSelector(NoLabels, requirements);
            else
                Error = error;
        }
        else if (gateway.VirtualServiceSelector.Count > 0)
        {
            _labels = new LabelSelector(gateway.VirtualServiceSelector, []);
        }
        else if (!References.IsEmpty)
        {
            _references = [.. References];
        }
    }

    /// <summary>What is wrong with an expression; then nothing is selected.</summary>
    public string? Error { get; }

    /// <summary>References as written, whether they count or not.</summary>
    public ImmutableArray<(string Namespace, string Name)> References { get; }

    /// <summary>Whether the VirtualService is served.</summary>
    public bool Selects(Resource virtualService) => Gate(virtualService) is null;

    /// <summary>Why a VirtualService is not served; null if it is.</summary>
    public SelectionGate? Gate(Resource virtualService)
    {
        if (virtualService.As<VirtualService>().SslConfig is not null != _ssl) return SelectionGate.Ssl;
        if (Error is not null) return SelectionGate.BadExpression;
        if (_references is not null)
        {
            var key = virtualService.Key;
            return _references.Contains((key.Namespace, key.Name)) ? null : SelectionGate.Reference;
        }

        if (!_namespaces.Allows(virtualService.Key.Namespace)) return SelectionGate.Namespace;
        if (_labels is null || _labels.Matches(virtualService.Metadata.Labels)) return null;
        return SelectionGate.Labels;
    }
}
