using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;
using Stagedoor.Host.Admin;

namespace Stagedoor.Host.Commands;

/// <summary><c>stagedoor get</c>: what a running server knows, from its admin API.</summary>
internal static class GetCommand
{
    private static readonly string[] Kinds =
    [
        "proxies", "upstreams", "virtualservices", "gateways", "routetables", "routeoptions", "virtualhostoptions",
        "nodes", "diagnostics",
    ];

    private static readonly string[] NameMembers = ["name", "proxy", "node", "resource"];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var kind = new Argument<string>("kind") { Description = string.Join(", ", Kinds) };
        kind.AcceptOnlyFromAmong(Kinds);
        var name = new Argument<string?>("name")
        {
            Description = "Only this one, NAMESPACE/NAME or NAME, with everything that is said of it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
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
                "stagedoor get virtualservices default/pets",
                "All errors of one object; its status holds only the first five."),
            new CommandExample(
                "stagedoor get diagnostics --admin 127.0.0.1:9091", "Everything that is wrong, and where."))
        {
            kind, name, admin, format,
        };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetValue(kind)!, parsed.GetValue(name), parsed.GetValue(admin)!, parsed.GetValue(format) == "json",
            parsed.InvocationConfiguration.Output, stop));
        return command;
    }

    private static async Task<int> RunAsync(
        string kind, string? name, string admin, bool json, TextWriter output, CancellationToken stop)
    {
        var text = await AdminClient.GetAsync(admin, kind, stop).ConfigureAwait(false)
            ?? throw new CommandException(HostCodes.AdminApi, $"the server at {admin} knows no {kind}");
        if (name is not null)
        {
            var rows = JsonNode.Parse(text)!.AsArray().Where(row => IsNamed(row!, name)).ToArray();
            if (rows.Length == 0) throw new CommandException(HostCodes.NoSuchObject, $"there is no {name} in {kind}");
            text = new JsonArray([.. rows.Select(row => row!.DeepClone())]).ToJsonString(AdminApi.Json);
        }

        if (json)
        {
            await output.WriteLineAsync(text).ConfigureAwait(false);
            return 0;
        }

        await output.WriteAsync(Table(text)).ConfigureAwait(false);
        if (name is not null) await output.WriteAsync(Details(text)).ConfigureAwait(false);
        return 0;
    }

    private static bool IsNamed(JsonNode row, string name)
    {
        var ns = (string?)row["namespace"];
        return NameMembers.Select(member => (string?)row[member])
            .Any(own => own is not null && (own == name || $"{ns}/{own}" == name));
    }

    /// <summary>All diagnostics, one a line, which a column only counts.</summary>
    private static string Details(string json)
    {
        using var document = JsonDocument.Parse(json);
        var lines = document.RootElement.EnumerateArray()
            .Where(row => row.TryGetProperty("diagnostics", out _))
            .SelectMany(row => row.GetProperty("diagnostics").EnumerateArray())
            .Select(said => $"  {Member(said, "severity")} {Member(said, "code")}: {Member(said, "message")}\n");
        return string.Concat(lines);
    }

    private static string Member(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) ? value.ToString() : "";

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
