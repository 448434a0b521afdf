using System.CommandLine;
using System.Text.Json;
using Stagedoor.Api;
using Stagedoor.Host.Admin;
using Stagedoor.Host.Commands.Explaining;
using Stagedoor.Translation.Explain;

namespace Stagedoor.Host.Commands;

/// <summary><c>stagedoor explain</c>: where an object ended up, and if nowhere, why.</summary>
internal static class ExplainCommand
{
    private const int NoEffect = 2;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var kind = new Argument<string>("kind") { Description = ExplainedKinds.Names };
        var name = new Argument<string>("name") { Description = "NAMESPACE/NAME" };
        var config = new Option<string?>("--config") { Description = "Folder of YAML or JSON documents." };
        var admin = AdminClient.Option();
        var format = new Option<string>("--output", "-o")
        {
            Description = "text or json.",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new ExampleCommand(
            "explain",
            "Says which Gateways, Proxies, listeners and virtual hosts an object ended up in, and if in none, which "
            + "gate it failed first. Exit code 0: it takes effect; 2: it does not; 1: it could not run.",
            new CommandExample("stagedoor explain VirtualService default/pets --config ./gloo", "From files, offline."),
            new CommandExample("stagedoor explain vs default/pets --admin 127.0.0.1:9091", "In a running server."),
            new CommandExample("stagedoor explain upstream default/pets --config . -o json", "For programs."))
        {
            kind, name, config, admin, format,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var key = ExplainedKinds.Key(parsed.GetValue(kind)!, parsed.GetValue(name)!);
            var view = (parsed.GetValue(config), parsed.GetValue(admin)) switch
            {
                ({ } folder, null) => ExplanationView.Of(Explainer.Explain(ConfigFolder.Read(folder), key)),
                (null, { } server) => await AskAsync(server, key, stop).ConfigureAwait(false),
                _ => throw new CommandException(
                    HostCodes.CommandLine, "give either --config (a folder) or --admin (a running server)"),
            };
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(format) == "json") output.WriteLine(JsonSerializer.Serialize(view, AdminApi.Json));
            else ExplanationText.Write(view, output);
            return view.TakesEffect ? 0 : NoEffect;
        });
        return command;
    }

    private static async Task<ExplanationView> AskAsync(string admin, ResourceKey key, CancellationToken stop)
    {
        var path = $"explain/{key.Kind}/{Uri.EscapeDataString(key.Namespace)}/{Uri.EscapeDataString(key.Name)}";
        var json = await AdminClient.GetAsync(admin, path, stop).ConfigureAwait(false)
            ?? throw new CommandException(HostCodes.AdminApi, $"the server at {admin} cannot explain objects");
        try
        {
            return JsonSerializer.Deserialize<ExplanationView>(json, AdminApi.Json)!;
        }
        catch (JsonException e)
        {
            throw new CommandException(
                HostCodes.AdminApi, $"what answers at {admin} is no admin API of this version: {e.Message}", inner: e);
        }
    }
}
