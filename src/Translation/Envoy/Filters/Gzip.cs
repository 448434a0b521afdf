using Envoy.Extensions.Filters.Http.Compressor.V3;
using Stagedoor.Translation.Validation;
using EnvoyGzip = Envoy.Extensions.Compression.Gzip.Compressor.V3.Gzip;
using GlooGzip = Solo.Envoy.Config.Filter.Http.Gzip.V2.Gzip;
using GlooLevel = Solo.Envoy.Config.Filter.Http.Gzip.V2.Gzip.Types.CompressionLevel.Types.Enum;
using GlooStrategy = Solo.Envoy.Config.Filter.Http.Gzip.V2.Gzip.Types.CompressionStrategy;
using Level = Envoy.Extensions.Compression.Gzip.Compressor.V3.Gzip.Types.CompressionLevel;
using Strategy = Envoy.Extensions.Compression.Gzip.Compressor.V3.Gzip.Types.CompressionStrategy;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>gzip</c> of listeners: responses are compressed for clients that accept it (envoy-translation 8).
/// </summary>
internal sealed class Gzip : HttpFeature
{
    private const string Name = "envoy.filters.http.compressor";
    private const string Library = "envoy.compression.gzip.compressor";

    public override string ListenerFields => "gzip";

    public override void OnListener(FilterChainScope chain)
    {
        if (chain.Options.Gzip is not { } gzip) return;
        if (gzip.MemoryLevel is < 1 or > 9) chain.Error("gzip.memoryLevel must be between 1 and 9");
        else if (gzip.WindowBits is < 9 or > 15) chain.Error("gzip.windowBits must be between 9 and 15");
        else chain.Add(FilterSlot.During(FilterStage.Fault), Name, Compressor(gzip));
    }

    private static Compressor Compressor(GlooGzip gzip) => new()
    {
        ContentLength = gzip.ContentLength,
        ContentType = { gzip.ContentType },
        DisableOnEtagHeader = gzip.DisableOnEtagHeader,
        RemoveAcceptEncodingHeader = gzip.RemoveAcceptEncodingHeader,
        CompressorLibrary = new EnvoyCore.TypedExtensionConfig
        {
            Name = Library,
            TypedConfig = AnyTypes.Pack(new EnvoyGzip
            {
                MemoryLevel = gzip.MemoryLevel,
                WindowBits = gzip.WindowBits,
                CompressionLevel = gzip.CompressionLevel switch
                {
                    GlooLevel.Best => Level.BestCompression,
                    GlooLevel.Speed => Level.BestSpeed,
                    _ => Level.DefaultCompression,
                },
                CompressionStrategy = gzip.CompressionStrategy switch
                {
                    GlooStrategy.Filtered => Strategy.Filtered,
                    GlooStrategy.Huffman => Strategy.HuffmanOnly,
                    GlooStrategy.Rle => Strategy.Rle,
                    _ => Strategy.DefaultStrategy,
                },
            }),
        },
    };
}
