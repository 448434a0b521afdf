using GrpcWebFilter = Envoy.Extensions.Filters.Http.GrpcWeb.V3.GrpcWeb;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>grpcWeb</c>: on unless it is disabled (envoy-translation 3.3).</summary>
internal sealed class GrpcWeb : HttpFeature
{
    private const string Name = "envoy.filters.http.grpc_web";

    public override string ListenerFields => "grpcWeb";

    public override void OnListener(FilterChainScope chain)
    {
        var gloo = chain.View.Settings.Gloo;
        var isOn = chain.Options.GrpcWeb is { } own
            ? !own.Disable
            : gloo?.DisableGrpcWeb is { } disabled ? !disabled : gloo?.RemoveUnusedFilters != true;
        if (isOn) chain.Add(FilterSlot.After(FilterStage.AuthZ), Name, new GrpcWebFilter());
    }
}
