namespace Stagedoor.Translation.Touching;

/// <summary>What a reference says of the object that it means: everything but the kind.</summary>
/// <param name="Namespace">The namespace; <see cref="AnyNamespace"/> if the reference leaves it open.</param>
/// <param name="Name">The name.</param>
internal readonly record struct ObjectName(string Namespace, string Name)
{
    /// <summary>No namespace is called so. Which one is meant depends on the feature, so all of them are.</summary>
    public const string AnyNamespace = "*";
}
