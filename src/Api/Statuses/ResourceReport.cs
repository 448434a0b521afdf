using System.Collections.Immutable;

namespace Stagedoor.Api;

/// <summary>
/// What one translation has to say about one input resource. A resource that was translated without remark has a report
/// with no diagnostics: that is what makes it Accepted.
/// </summary>
/// <param name="Resource">The input resource.</param>
/// <param name="Diagnostics">Errors, warnings and information, in the order found.</param>
public sealed record ResourceReport(ResourceKey Resource, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Worst severity; <see cref="Severity.Info"/> when nothing is wrong.</summary>
    public Severity Worst => Diagnostics.IsEmpty ? Severity.Info : Diagnostics.Max(d => d.Severity);
}
