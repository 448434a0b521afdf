using Envoy.Extensions.Filters.Http.GrpcJsonTranscoder.V3;
using GlooTranscoder = Solo.Gloo.Options.GrpcJson.GrpcJsonTranscoder;
using PrintOptions = Envoy.Extensions.Filters.Http.GrpcJsonTranscoder.V3.GrpcJsonTranscoder.Types.PrintOptions;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>grpcJsonTranscoder</c> of listeners and of Upstreams' <c>serviceSpec</c>: JSON in, gRPC behind (envoy-translation
/// 9.11).
/// </summary>
internal sealed class GrpcJsonTranscoding : HttpFeature
{
    private const string Name = "envoy.filters.http.grpc_json_transcoder";

    /// <summary>
    /// Stands in the filter whose routes bring descriptors of their own; without services nobody reads it.
    /// </summary>
    private const string Overridden = "/to/override";

    public override string ListenerFields => "grpcJsonTranscoder";

    /// <summary>The transcoder of an Upstream, if it brings a descriptor.</summary>
    public static GlooTranscoder? Of(GlooV1.Upstream? upstream) =>
        ServiceSpecs.Of(upstream)?.GrpcJsonTranscoder is { } transcoder
        && transcoder.DescriptorSetCase != GlooTranscoder.DescriptorSetOneofCase.None
            ? transcoder
            : null;

    public override void OnListener(FilterChainScope chain)
    {
        if (chain.Options.GrpcJsonTranscoder is { } own)
        {
            var problems = new List<Problem>();
            var config = Config(own, chain.View, problems);
            foreach (var problem in problems) chain.Error($"grpcJsonTranscoder: {problem.Message}");
            if (problems.Count == 0) chain.Add(FilterSlot.Before(FilterStage.OutAuth), Name, config);
        }
        else if (chain.IsUsed(Name))
        {
            chain.Add(
                FilterSlot.Before(FilterStage.OutAuth), Name, new GrpcJsonTranscoder { ProtoDescriptor = Overridden });
        }
    }

    // Of several destinations the first that has one decides: requests are transcoded before one is chosen.
    public override void OnRoute(RouteScope route)
    {
        foreach (var destination in route.Destinations)
        {
            if (Of(destination.Upstream.Upstream) is not { } transcoder) continue;
            var problems = new List<Problem>();
            route.Configure(Name, Config(transcoder, route.Host.View, problems));
            foreach (var problem in problems) route.Error($"grpcJsonTranscoder: {problem.Message}");
            return;
        }
    }

    private static GrpcJsonTranscoder Config(GlooTranscoder input, TrackedView view, List<Problem> problems)
    {
        var output = new GrpcJsonTranscoder
        {
            Services = { input.Services },
            MatchIncomingRequestRoute = input.MatchIncomingRequestRoute,
            IgnoredQueryParameters = { input.IgnoredQueryParameters },
            AutoMapping = input.AutoMapping,
            IgnoreUnknownQueryParameters = input.IgnoreUnknownQueryParameters,
            ConvertGrpcStatus = input.ConvertGrpcStatus,
            PrintOptions = input.PrintOptions is { } print
                ? new PrintOptions
                {
                    AddWhitespace = print.AddWhitespace,
                    AlwaysPrintPrimitiveFields = print.AlwaysPrintPrimitiveFields,
                    AlwaysPrintEnumsAsInts = print.AlwaysPrintEnumsAsInts,
                    PreserveProtoFieldNames = print.PreserveProtoFieldNames,
                }
                : null,
        };
        if (input.DescriptorSetCase == GlooTranscoder.DescriptorSetOneofCase.ProtoDescriptor)
            output.ProtoDescriptor = input.ProtoDescriptor;
        else
            output.ProtoDescriptorBin = ProtoDescriptors.Read(input, view, problems);
        return output;
    }
}
