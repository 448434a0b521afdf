namespace Stagedoor.Api.GatewayApi;

/// <summary>The field must be there.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RequiredAttribute : Attribute;

/// <summary>The values that a string may have.</summary>
/// <param name="values">All of them.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(params string[] values) : Attribute
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<string> Values { get; } = values;
}

/// <summary>The range of a number, or of the numbers of a list.</summary>
/// <param name="least">The least.</param>
/// <param name="most">The greatest.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BetweenAttribute(int least, int most) : Attribute
{
    /// <summary>The least.</summary>
    public int Least { get; } = least;

    /// <summary>The greatest.</summary>
    public int Most { get; } = most;
}

/// <summary>How many elements a list, or entries a map, has.</summary>
/// <param name="least">At least.</param>
/// <param name="most">At most.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemsAttribute(int least, int most) : Attribute
{
    /// <summary>At least.</summary>
    public int Least { get; } = least;

    /// <summary>At most.</summary>
    public int Most { get; } = most;
}

/// <summary>The form of a string, of the strings of a list, or of the values of a map.</summary>
/// <param name="name">One of <see cref="Formats"/>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormatAttribute(string name) : Attribute
{
    /// <summary>One of <see cref="Formats"/>.</summary>
    public string Name { get; } = name;
}
