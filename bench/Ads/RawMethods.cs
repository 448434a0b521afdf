using Grpc.Core;

namespace Stagedoor.Bench.Ads;

/// <summary>
/// The two ADS methods with bytes in and out, so that neither side pays for parsing what it only counts.
/// </summary>
internal static class RawMethods
{
    private const string Service = "envoy.service.discovery.v3.AggregatedDiscoveryService";

    private static readonly Marshaller<byte[]> Bytes = new(
        static (value, context) =>
        {
            context.SetPayloadLength(value.Length);
            var writer = context.GetBufferWriter();
            value.CopyTo(writer.GetSpan(value.Length));
            writer.Advance(value.Length);
            context.Complete();
        },
        static context => context.PayloadAsNewBuffer());

    public static readonly Method<byte[], byte[]> StateOfTheWorld =
        new(MethodType.DuplexStreaming, Service, "StreamAggregatedResources", Bytes, Bytes);

    public static readonly Method<byte[], byte[]> Delta =
        new(MethodType.DuplexStreaming, Service, "DeltaAggregatedResources", Bytes, Bytes);
}
