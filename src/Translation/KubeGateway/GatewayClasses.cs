using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>Which GatewayClasses are ours (gateway-translation 2.1).</summary>
public static class GatewayClasses
{
    /// <summary>Our name in GatewayClasses and in the statuses of routes.</summary>
    public const string Controller = "solo.io/gloo-gateway";

    /// <summary>The class that the installation brings: ours also where its object is not among the inputs.</summary>
    public const string Default = "gloo-gateway";

    /// <summary>Whether Gateways of this class are ours.</summary>
    public static bool IsOurs(CatalogView view, string name)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Find(GatewayApiKinds.GatewayClass, "", name) is { } found ? IsOurs(found) : name == Default;
    }

    /// <summary>Whether a class names us as its controller.</summary>
    internal static bool IsOurs(Resource gatewayClass) =>
        gatewayClass.As<GatewayClass>().Spec.ControllerName == Controller;
}
