using System.Collections.Immutable;
using Solo.Core;

namespace Stagedoor.Api.Documents;

/// <summary>A document's <c>metadata</c> as read.</summary>
internal sealed record ObjectMetadata(string Namespace, string Name)
{
    /// <summary>Dropped wherever it stands: kubectl's copy of the whole object, secrets included.</summary>
    public const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = NoStrings;

    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = NoStrings;

    public long Generation { get; init; }

    public DateTimeOffset Created { get; init; }

    public static readonly ImmutableSortedDictionary<string, string> NoStrings =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The part that translation sees.</summary>
    public ResourceMetadata ToResourceMetadata() =>
        new() { Labels = Labels, Annotations = Annotations, Generation = Generation, Created = Created };

    /// <summary>The contract's form, without the generation: that is no content.</summary>
    public Metadata ToMessage()
    {
        var message = new Metadata { Name = Name, Namespace = Namespace };
        foreach (var (key, value) in Labels) message.Labels[key] = value;
        foreach (var (key, value) in Annotations) message.Annotations[key] = value;
        return message;
    }
}
