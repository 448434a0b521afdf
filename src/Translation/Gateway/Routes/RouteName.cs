namespace Stagedoor.Translation.Gateway;

/// <summary>
/// The name of a route: one segment a level (gateway-translation 3.3). Put into text only if a route of the branch was
/// named by its author; otherwise the name is empty.
/// </summary>
internal sealed class RouteName(RouteName? parent, string container, string given, int index)
{
    private readonly bool _isNamed = given.Length > 0 || parent?._isNamed == true;

    /// <summary>The whole name, or empty.</summary>
    public override string ToString() => _isNamed ? Render() : "";

    /// <summary>The first segment's container: the VirtualService as the Gateway and Proxy see it.</summary>
    public static string OfVirtualService(string gateway, string proxy, string ns, string name) =>
        $"vs:{gateway}_{proxy}_{ns}_{name}";

    /// <summary>A further segment's container.</summary>
    public static string OfRouteTable(string ns, string name) => $"rt:{ns}_{name}";

    private string Render()
    {
        var segment = given.Length > 0 ? $"{container}_route:{given}" : $"{container}_route:<unnamed-{index}>";
        return parent is null ? segment : $"{parent.Render()}_{segment}";
    }
}
