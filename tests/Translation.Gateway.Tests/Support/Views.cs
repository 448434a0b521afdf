using Shouldly;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway.Tests.Support;

/// <summary>Views made of YAML.</summary>
internal static class Views
{
    public static readonly ProxyId GatewayProxy = new("gloo-system", "gateway-proxy");

    /// <summary>The view that holds the objects of a text without errors.</summary>
    public static CatalogView Of(string yaml) => CatalogView.Empty.With(Read(yaml), [], [], true);

    /// <summary>The next view: objects of the text replace or join those there are.</summary>
    public static CatalogView With(this CatalogView view, string yaml) => view.With(Read(yaml), [], [], true);

    /// <summary>The objects of a text without errors.</summary>
    public static IReadOnlyList<Resource> Read(string yaml)
    {
        var set = DocumentReader.Read(yaml, "input.yaml");
        set.Diagnostics.ShouldBeEmpty();
        return set.Resources;
    }

    /// <summary>Translates from scratch.</summary>
    public static GatewayTranslation Translate(this CatalogView view, ProxyId? proxy = null) =>
        GatewayTranslator.Translate(view, proxy ?? GatewayProxy, new GatewayMemo());
}
