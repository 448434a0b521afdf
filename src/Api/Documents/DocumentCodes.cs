namespace Stagedoor.Api;

/// <summary>Codes of what <see cref="DocumentReader"/> has to say; documented in <c>docs/diagnostics.md</c>.</summary>
public static class DocumentCodes
{
    /// <summary>The text is not YAML or JSON.</summary>
    public const string Syntax = "SD1001";

    /// <summary>The document is larger, deeper or more expanded than the limits allow.</summary>
    public const string Limit = "SD1002";

    /// <summary>A key stands twice in one map.</summary>
    public const string DuplicateKey = "SD1003";

    /// <summary>The document is no object with apiVersion and kind.</summary>
    public const string NoKind = "SD1004";

    /// <summary>The kind or version does not exist in this API group.</summary>
    public const string UnknownKind = "SD1005";

    /// <summary>Name, namespace or other metadata is missing or malformed.</summary>
    public const string Metadata = "SD1006";

    /// <summary>A field that the kind does not have.</summary>
    public const string UnknownField = "SD1007";

    /// <summary>A value of another type than the field's, or out of its range.</summary>
    public const string BadValue = "SD1008";

    /// <summary>Two fields that exclude each other.</summary>
    public const string OneOf = "SD1009";

    /// <summary>An <c>@type</c> that is not known.</summary>
    public const string UnknownType = "SD1010";

    /// <summary>Documents of kinds that are not read.</summary>
    public const string IgnoredKind = "SD1011";
}
