using Stagedoor.Actors.Protocol;

namespace Stagedoor.Actors.Replicas;

/// <summary>Puts the pages of one manifest together; another manifest's page starts anew.</summary>
internal sealed class PageCollector
{
    /// <summary>More pages than any manifest has: 100,000 resources are about 200.</summary>
    private const int MostPages = 10_000;

    private ManifestPage?[] _pages = [];
    private int _missing;

    /// <summary>The manifest, when this was its last missing page.</summary>
    public ManifestChange? Add(ManifestPage page)
    {
        if (page.Pages is < 1 or > MostPages || page.Page < 0 || page.Page >= page.Pages) return null;
        if (!SameManifest(page))
        {
            _pages = new ManifestPage?[page.Pages];
            _missing = page.Pages;
        }

        if (_pages[page.Page] is not null) return null;
        _pages[page.Page] = page;
        if (--_missing > 0) return null;
        var pages = _pages;
        _pages = [];
        return Joined(pages!);
    }

    private bool SameManifest(ManifestPage page) =>
        Array.Find(_pages, known => known is not null) is { } known
        && known.Pages == page.Pages
        && known.Base.ToCore() == page.Base.ToCore()
        && known.Generation.ToCore() == page.Generation.ToCore();

    private static ManifestChange Joined(ManifestPage[] pages) => new(
        pages[0].Base.ToCore(),
        pages[0].Generation.ToCore(),
        [.. pages.SelectMany(page => page.Upserts).Select(entry => entry.ToCore())],
        [.. pages.SelectMany(page => page.Removed).Select(name => name.ToCore())],
        [.. pages.SelectMany(page => page.Gone).Select(name => name.ToCore())],
        [.. pages.SelectMany(page => page.Returned).Select(name => name.ToCore())]);
}
