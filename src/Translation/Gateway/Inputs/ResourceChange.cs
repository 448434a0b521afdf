using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>A resource that was added (no before), removed (no after) or replaced.</summary>
internal readonly record struct ResourceChange(Resource? Before, Resource? After)
{
    /// <summary>The key, before and after.</summary>
    public ResourceKey Key => (After ?? Before!).Key;

    /// <summary>Whether the set of keys changed.</summary>
    public bool IsAddOrRemove => Before is null || After is null;
}
