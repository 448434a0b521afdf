namespace Stagedoor.Api;

/// <summary>A kind of input resource: API group, version and kind as in <c>apiVersion</c> and <c>kind</c>.</summary>
/// <param name="Group">API group; empty for Kubernetes' core group.</param>
/// <param name="Version">API version, for example <c>v1</c>. Not part of a resource's identity.</param>
/// <param name="Kind">Kind, for example <c>VirtualService</c>.</param>
public readonly record struct ResourceKind(string Group, string Version, string Kind)
{
    /// <summary>The <c>apiVersion</c> a document of this kind carries.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <inheritdoc/>
    public override string ToString() => Group.Length == 0 ? Kind : $"{Kind}.{Group}";
}
