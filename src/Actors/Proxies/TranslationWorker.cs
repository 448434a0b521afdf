using Akka.Actor;
using Stagedoor.Api;
using Stagedoor.Translation;

namespace Stagedoor.Actors.Proxies;

/// <summary>
/// Translates beside the actor, one view at a time: hints that come meanwhile only mark the result as dated. A
/// translator that throws is thrown away with its memo.
/// </summary>
internal sealed class TranslationWorker(ProxyId proxy, Catalog catalog, TranslationFunctions functions)
{
    private Func<CatalogView, ProxyTranslation>? _translate;
    private long _done = -1;

    /// <summary>Whether a translation runs.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Whether there is a view that passed the fence and is newer than the last translated.</summary>
    public bool HasWork => catalog.Current is { IsSynced: true } view && view.Version != _done;

    /// <summary>
    /// Translates the current view; the result goes to <paramref name="owner"/> as <see cref="Translated"/>.
    /// </summary>
    public void Start(IActorRef owner)
    {
        IsBusy = true;
        var view = catalog.Current;
        _done = view.Version;
        var translate = _translate ??= functions.NewProxyTranslator(proxy);
        Task.Run(() => translate(view)).PipeTo(
            owner, owner, result => new Translated(result, null), error => new Translated(null, error));
    }

    /// <summary>The result has come.</summary>
    public void Ended(Translated result)
    {
        IsBusy = false;
        if (result.Error is not null) _translate = null;
    }
}
