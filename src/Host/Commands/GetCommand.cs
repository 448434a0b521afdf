using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Stagedoor.Host.Commands;

/// <summary><c>stagedoor get</c>: what a running server knows, from its admin API.</summary>
internal static class GetCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly string[] Kinds = ["proxies", "upstreams", "virtualservices", "nodes", "diagnostics"];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var kind = new Argument<string>("kind") { Description = string.Join(", ", Kinds) };
        kind.AcceptOnlyFromAmong(Kinds);
        var admin = new Option<string>("--admin")
        {
            Description = "The server's admin API, HOST:PORT.",
            DefaultValueFactory = _ => "127.0.0.1:9091",
        };
        var format = new Option<string>("--output", "-o")
        {
            Description = "table or json.",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong("table", "json");
        var command = new ExampleCommand(
            "get",
            "Shows what a running server knows.",
            new CommandExample("stagedoor get proxies", "Proxies, their generation and how much they serve."),
            new CommandExample("stagedoor get nodes -o json", "Connected Envoys and what they have accepted."),
            new CommandExample(
                "stagedoor get diagnostics --admin 127.0.0.1:9091", "Everything that is wrong, and where."))
        {
            kind, admin, format,
        };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetValue(kind)!, parsed.GetValue(admin)!, parsed.GetValue(format) == "json",
            parsed.InvocationConfiguration.Output, stop));
        return command;
    }

    private static async Task<int> RunAsync(
        string kind, string admin, bool json, TextWriter output, CancellationToken stop)
    {
        var (host, port) = OptionValues.HostAndPort("--admin", admin);
        using var client = new HttpClient { Timeout = Deadline };
        string text;
        try
        {
            text = await client.GetStringAsync(new UriBuilder("http", host, port, $"/api/v1/{kind}").Uri, stop)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            throw new CommandException(
                HostCodes.AdminApi, $"the admin API at {admin} does not answer: {e.Message}",
                "is 'stagedoor serve' running, and is this its --admin-port?", e);
        }

        if (json) await output.WriteLineAsync(text).ConfigureAwait(false);
        else await output.WriteAsync(Table(text)).ConfigureAwait(false);
        return 0;
    }

    /// <summary>A table with a column for each plain member; lists are told by their length.</summary>
    private static string Table(string json)
    {
        using var document = JsonDocument.Parse(json);
        var rows = document.RootElement.EnumerateArray().ToArray();
        if (rows.Length == 0) return "none\n";
        var columns = rows.SelectMany(row => row.EnumerateObject().Select(member => member.Name)).Distinct().ToArray();
        var table = new Table().Border(TableBorder.None);
        foreach (var column in columns) table.AddColumn(new TableColumn(column.ToUpperInvariant()).NoWrap());
        foreach (var row in rows)
        {
            table.AddRow([
                .. columns.Select(column => Markup.Escape(row.TryGetProperty(column, out var cell) ? Text(cell) : "")),
            ]);
        }

        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
        });
        console.Profile.Width = 400;
        console.Write(table);
        return string.Join('\n', writer.ToString().Split('\n').Select(line => line.TrimEnd()));
    }

    private static string Text(JsonElement cell) => cell.ValueKind == JsonValueKind.Array
        ? cell.GetArrayLength() == 0 || cell[0].ValueKind != JsonValueKind.String
            ? cell.GetArrayLength().ToString(System.Globalization.CultureInfo.InvariantCulture)
            : string.Join(',', cell.EnumerateArray().Select(item => item.GetString()))
        : cell.ToString();
}
