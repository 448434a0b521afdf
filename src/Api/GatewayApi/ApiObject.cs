using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>
/// An object of the Gateway API, or a part of one: fields that are not known stay with it, so that what is written back
/// loses nothing.
/// </summary>
public abstract record ApiObject
{
    /// <summary>An ordered map of strings without entries.</summary>
    protected static readonly ImmutableSortedDictionary<string, string> NoStrings =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Fields that this version does not know, by name, as JSON text.</summary>
    public ImmutableSortedDictionary<string, string> Unknown { get; init; } = NoStrings;
}
