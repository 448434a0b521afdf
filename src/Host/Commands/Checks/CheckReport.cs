using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Translation.Explain;

namespace Stagedoor.Host.Commands.Checks;

/// <summary>Everything that is wrong in a folder, each thing once, in the order of files and lines.</summary>
/// <param name="Folder">The folder, as the user wrote it.</param>
/// <param name="Objects">How many objects were read.</param>
/// <param name="Findings">What was found.</param>
internal sealed record CheckReport(string Folder, int Objects, ImmutableArray<CheckFinding> Findings)
{
    private const string OfTable = "on sub route table ";
    private const long MaxFileBytes = 64L << 20;

    /// <summary>Checks a folder that was read into a view.</summary>
    /// <param name="folder">Where it was read from.</param>
    /// <param name="view">What was read.</param>
    /// <param name="withNotes">Whether notes, which name nothing wrong, are wanted too.</param>
    public static CheckReport Of(string folder, CatalogView view, bool withNotes)
    {
        ArgumentNullException.ThrowIfNull(view);
        var places = new FieldPlaces(folder, MaxFileBytes);
        var said = new TranslationDocument(view).Diagnostics.ToList();
        var all = said.Concat(Idle(view, said))
            .Where(diagnostic => withNotes || diagnostic.Severity != Severity.Info)
            .ToArray();
        var findings = WithoutEchoes(all, view)
            .Select(places.Place)
            .OrderBy(finding => finding.File, StringComparer.Ordinal)
            .ThenBy(finding => finding.Line)
            .ThenBy(finding => finding.Column)
            .ThenBy(finding => finding.Diagnostic.Code, StringComparer.Ordinal)
            .ThenBy(finding => finding.Diagnostic.Resource ?? default)
            .ThenBy(finding => finding.Diagnostic.Field, StringComparer.Ordinal)
            .ThenBy(finding => finding.Diagnostic.Message, StringComparer.Ordinal);
        return new CheckReport(folder, view.Count, [.. findings]);
    }

    /// <summary>How many findings are of a severity.</summary>
    public int Count(Severity severity) => Findings.Count(finding => finding.Diagnostic.Severity == severity);

    /// <summary>Whether the folder is to be refused.</summary>
    /// <param name="strict">Whether warnings count.</param>
    public bool IsRefused(bool strict) => Count(Severity.Error) > 0 || (strict && Count(Severity.Warning) > 0);

    /// <summary>
    /// Objects that take no effect, unless something is said of them that explains it. A RouteTable may wait for its
    /// use.
    /// </summary>
    private static IEnumerable<Diagnostic> Idle(CatalogView view, List<Diagnostic> said)
    {
        var known = said.Where(diagnostic => diagnostic.Severity != Severity.Info)
            .Select(diagnostic => diagnostic.Resource)
            .ToHashSet();
        return Explainer.Idle(view)
            .Where(idle => !known.Contains(idle.Resource) && idle.FirstGate is not null)
            .Select(idle => new Diagnostic(
                HostCodes.Idle,
                idle.Resource.Is(ResourceKinds.RouteTable) ? Severity.Info : Severity.Warning,
                $"it takes no effect: {idle.FirstGate!.Reason}")
            {
                Resource = idle.Resource,
                Source = idle.Source,
                Hint = idle.FirstGate.Hint,
            });
    }

    /// <summary>
    /// Statuses repeat what is wrong in a RouteTable on the VirtualServices that use it, and everything on the Proxy;
    /// here it is said once, where it is to be corrected.
    /// </summary>
    private static IEnumerable<Diagnostic> WithoutEchoes(Diagnostic[] all, CatalogView view)
    {
        var said = all
            .Where(diagnostic => !IsGenerated(diagnostic, view))
            .Select(diagnostic => (diagnostic.Code, diagnostic.Message))
            .ToHashSet();
        return all.Where(diagnostic =>
            !diagnostic.Message.StartsWith(OfTable, StringComparison.Ordinal)
            && !(IsGenerated(diagnostic, view) && said.Contains((diagnostic.Code, diagnostic.Message))));
    }

    private static bool IsGenerated(Diagnostic diagnostic, CatalogView view) =>
        diagnostic.Resource is { } key && key.Is(ResourceKinds.Proxy) && view.Find(key) is null;
}
