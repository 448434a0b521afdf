using Solo.Core;
using Solo.Gateway;
using Solo.Gloo.Core.Selectors;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Which matchable gateways a hybrid Gateway takes: one by reference, those of a selector, or all (1.5).
/// </summary>
internal sealed class MatchableSelection
{
    private readonly ResourceRef? _reference;
    private readonly NamespaceList _namespaces = NamespaceList.All;
    private readonly LabelSelector? _labels;

    private MatchableSelection(ResourceRef? reference, Selector? selector)
    {
        _reference = reference;
        if (reference is not null || selector is null) return;
        _namespaces = NamespaceList.Of(selector.Namespaces);
        if (LabelExpressions.Parse(selector.Expressions, out var error) is { } requirements)
            _labels = new LabelSelector(selector.Labels, requirements);
        else
            Error = error;
    }

    /// <summary>What is wrong with an expression; then nothing is selected.</summary>
    public string? Error { get; }

    public static MatchableSelection Of(DelegatedHttpGateway gateway) => new(gateway.Ref, gateway.Selector);

    public static MatchableSelection Of(DelegatedTcpGateway gateway) => new(gateway.Ref, gateway.Selector);

    /// <summary>Whether the matchable gateway is taken.</summary>
    public bool Selects(Resource matchable)
    {
        if (Error is not null) return false;
        if (_reference is not null)
            return matchable.Key.Name == _reference.Name && matchable.Key.Namespace == _reference.Namespace;
        return _namespaces.Allows(matchable.Key.Namespace) && _labels?.Matches(matchable.Metadata.Labels) != false;
    }
}
