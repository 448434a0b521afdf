using System.Text.Json.Serialization;

namespace Stagedoor.Bench.Results;

/// <summary>One row of a table; what does not apply is null.</summary>
/// <param name="Bench">Name of the benchmark.</param>
/// <param name="N">Streams.</param>
/// <param name="R">Resources of the measured kind beside the changed one.</param>
internal sealed record Row(
    [property: JsonPropertyName("bench")] string Bench,
    [property: JsonPropertyName("n")] int? N,
    [property: JsonPropertyName("r")] int? R)
{
    /// <summary>The medians of rows of the same thing.</summary>
    public static Row Median(IEnumerable<Row> rows)
    {
        var all = rows.ToList();
        double? Of(Func<Row, double?> value)
        {
            var sorted = all.Select(value).OfType<double>().Order().ToList();
            return sorted.Count == 0 ? null : sorted[sorted.Count / 2];
        }

        return all[0] with
        {
            P50 = Of(row => row.P50),
            P99 = Of(row => row.P99),
            FloorP50 = Of(row => row.FloorP50),
            CpuPerChange = Of(row => row.CpuPerChange),
            BytesPerChange = (long?)Of(row => row.BytesPerChange),
            AllocatedKilobytes = Of(row => row.AllocatedKilobytes),
            MegabytesPerThousand = Of(row => row.MegabytesPerThousand),
            KilobytesPerStream = Of(row => row.KilobytesPerStream),
            ResidentMegabytes = Of(row => row.ResidentMegabytes),
        };
    }

    [JsonPropertyName("p50_ms")] public double? P50 { get; init; }

    [JsonPropertyName("p99_ms")] public double? P99 { get; init; }

    [JsonPropertyName("floor_p50_ms")] public double? FloorP50 { get; init; }

    [JsonPropertyName("ratio")]
    public double? Ratio =>
        FloorP50 > 0 && P50 is not null ? Math.Round(P50.Value / FloorP50.Value, 2) : null;

    [JsonPropertyName("cpu_ms_per_change")] public double? CpuPerChange { get; init; }

    [JsonPropertyName("bytes_per_change")] public long? BytesPerChange { get; init; }

    /// <summary>Allocated by one change.</summary>
    [JsonPropertyName("alloc_kb_per_change")] public double? AllocatedKilobytes { get; init; }

    /// <summary>Managed memory for a thousand more resources.</summary>
    [JsonPropertyName("mb_per_1000")] public double? MegabytesPerThousand { get; init; }

    /// <summary>Resident memory of the server for one more stream.</summary>
    [JsonPropertyName("kb_per_stream")] public double? KilobytesPerStream { get; init; }

    [JsonPropertyName("rss_mb")] public double? ResidentMegabytes { get; init; }
}
