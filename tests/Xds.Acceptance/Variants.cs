using Envoy.Config.Core.V3;
using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Xds.Acceptance;

/// <summary>The ways in which an Envoy can get its configuration.</summary>
internal static class Variants
{
    public const string Sotw = "sotw";
    public const string Delta = "delta";
    public const string SotwPerType = "sotw-per-type";
    public const string DeltaPerType = "delta-per-type";
    public const string Rest = "rest";

    private static readonly AsyncLocal<string> Current = new();

    /// <summary>From here on resources refer to others in this way.</summary>
    public static void Use(string variant) => Current.Value = variant;

    /// <summary>Where an Envoy gets what a resource refers to.</summary>
    public static ConfigSource Source()
    {
        var source = new ConfigSource { ResourceApiVersion = ApiVersion.V3 };
        if (Current.Value is Sotw or Delta) source.Ads = new AggregatedConfigSource();
        else source.ApiConfigSource = Api(Current.Value!);
        return source;
    }

    private static ApiConfigSource Api(string variant)
    {
        var source = new ApiConfigSource { TransportApiVersion = ApiVersion.V3 };
        if (variant == Rest)
        {
            source.ApiType = ApiConfigSource.Types.ApiType.Rest;
            source.ClusterNames.Add("rest_cluster");
            source.RefreshDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(200));
            source.RequestTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(5));
            return source;
        }

        source.ApiType = variant == DeltaPerType
            ? ApiConfigSource.Types.ApiType.DeltaGrpc
            : ApiConfigSource.Types.ApiType.Grpc;
        source.SetNodeOnFirstMessageOnly = true;
        source.GrpcServices.Add(
            new GrpcService { EnvoyGrpc = new GrpcService.Types.EnvoyGrpc { ClusterName = "xds_cluster" } });
        return source;
    }
}
