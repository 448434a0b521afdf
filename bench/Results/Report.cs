using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Stagedoor.Bench.Results;

/// <summary>
/// Collects rows and prints them at the end: JSON lines, or one table. Rows of the same thing, from repeated runs,
/// become one of their medians.
/// </summary>
internal sealed class Report(bool json)
{
    private readonly List<Row> _rows = [];

    public void Add(Row row)
    {
        _rows.Add(row);
        Console.Error.WriteLine($"  {row.Bench} n={row.N} r={row.R}: p50 {row.P50} ms (floor {row.FloorP50} ms)");
    }

    /// <summary>A line for people; left out when JSON is asked for.</summary>
    public void Say(string line)
    {
        if (!json) AnsiConsole.WriteLine(line);
    }

    public void Finish()
    {
        var rows = _rows.GroupBy(row => (row.Bench, row.N, row.R)).Select(Row.Median).ToList();
        if (json)
        {
            foreach (var row in rows) Console.WriteLine(JsonSerializer.Serialize(row));
            return;
        }

        var table = new Table().AddColumns(
            "bench", "n", "r", "p50 ms", "p99 ms", "floor p50 ms", "ratio", "CPU ms/change", "bytes/change",
            "KB/stream", "alloc kB/change", "MB/1,000", "RSS MB");
        foreach (var row in rows)
        {
            table.AddRow(
                row.Bench, Text(row.N), Text(row.R), Text(row.P50), Text(row.P99), Text(row.FloorP50), Text(row.Ratio),
                Text(row.CpuPerChange), Text(row.BytesPerChange), Text(row.KilobytesPerStream),
                Text(row.AllocatedKilobytes), Text(row.MegabytesPerThousand), Text(row.ResidentMegabytes));
        }

        AnsiConsole.Write(table);
    }

    private static string Text(IFormattable? value) =>
        value?.ToString(value is double ? "0.##" : null, CultureInfo.InvariantCulture) ?? "-";
}
