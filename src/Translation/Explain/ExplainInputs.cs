using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway;

namespace Stagedoor.Translation.Explain;

/// <summary>A view with all its Proxies translated: what explanations are read from.</summary>
internal sealed class ExplainInputs
{
    public ExplainInputs(CatalogView view)
    {
        View = view;
        Settings = EdgeSettings.Of(view);
        Proxies = [.. ProxyIndex.Proxies(view).Select(proxy => new ExplainedProxy(view, proxy, Settings))];
        References = new InputReferences(view, Settings.Watched);
    }

    public CatalogView View { get; }

    public EdgeSettings Settings { get; }

    public ImmutableArray<ExplainedProxy> Proxies { get; }

    /// <summary>Who refers to what.</summary>
    public InputReferences References { get; }

    /// <summary>What sources and all Proxies say of an object, each thing once.</summary>
    public ImmutableArray<Diagnostic> DiagnosticsOf(ResourceKey key) =>
    [
        .. View.Diagnostics.Where(diagnostic => diagnostic.Resource == key)
            .Concat(Proxies.SelectMany(proxy => proxy.Translation.Reports)
                .Where(report => report.Resource == key)
                .SelectMany(report => report.Diagnostics))
            .Concat(key.Is(ResourceKinds.Upstream) ? UpstreamTranslator.Translate(View, key).Diagnostics : [])
            .Select(diagnostic => diagnostic with
            {
                Resource = diagnostic.Resource ?? key,
                Source = diagnostic.Source ?? View.Find(key)?.Source,
            })
            .Distinct(),
    ];

    /// <summary>The gates that every object of the classic API passes before anything else.</summary>
    public MissedGate? CommonGate(ResourceKey key, Resource? resource)
    {
        if (resource is null) return NotRead(key);
        if (!Settings.Watched.Contains(key.Namespace))
        {
            return new MissedGate(
                Gate.Watched, $"the namespace {key.Namespace} is not watched",
                "add it to watchNamespaces of the Settings, or move the object to a namespace that is watched");
        }

        if (Settings.Enabled || key.Is(ResourceKinds.Upstream)) return null;
        return new MissedGate(
            Gate.Controller, "the Settings switch the translation of the classic API off",
            "set gateway.enableGatewayController of the Settings to true, or leave it out");
    }

    private MissedGate NotRead(ResourceKey key)
    {
        var said = View.Diagnostics.FirstOrDefault(
            diagnostic => diagnostic.Resource == key && diagnostic.Severity == Severity.Error);
        if (said is not null)
        {
            return new MissedGate(
                Gate.Read, $"its document cannot be read: {said}", said.Hint ?? "correct the document");
        }

        var alike = View.OfKind(new ResourceKind(key.Group, "v1", key.Kind)).Keys
            .Where(other => other.Name == key.Name || other.Namespace == key.Namespace)
            .OrderByDescending(other => other.Name == key.Name)
            .Select(other => $"{other.Namespace}/{other.Name}")
            .ToList();
        return new MissedGate(
            Gate.Read, $"there is no {key}",
            alike.Count > 0
                ? $"there is {Shorten.Names(alike, alike.Count)}"
                : $"there is no {key.Kind} near that name");
    }
}
