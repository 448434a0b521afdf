using Shouldly;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>Catalog views made of YAML.</summary>
internal static class Views
{
    public static readonly ProxyId Proxy = new("gloo-system", "gateway-proxy");

    /// <summary>When all tests take place.</summary>
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A view of these documents; they must be readable.</summary>
    public static CatalogView Of(string yaml) => CatalogView.Empty.Apply(yaml);

    /// <summary>The next view, with these documents added or replaced.</summary>
    public static CatalogView Apply(this CatalogView view, string yaml)
    {
        var documents = DocumentReader.Read(yaml, "input.yaml");
        documents.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error).ShouldBeEmpty();
        return view.With(documents.Resources, [], [], true);
    }

    /// <summary>The translation from scratch.</summary>
    public static ProxyTranslation Translate(this CatalogView view) =>
        ProxyTranslator.Translate(view, Proxy, new TranslationMemo { Now = Now });
}
