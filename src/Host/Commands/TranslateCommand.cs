using System.CommandLine;
using Stagedoor.Api;
using Stagedoor.Translation;
using Stagedoor.Watchers;

namespace Stagedoor.Host.Commands;

/// <summary><c>stagedoor translate</c>: the whole translation of a folder, offline, with nothing held.</summary>
internal static class TranslateCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var config = new Option<string>("--config") { Description = "Folder of YAML or JSON documents.", Required = true };
        var output = new Option<string?>("--output") { Description = "File to write; without it standard output." };
        var command = new ExampleCommand(
            "translate",
            "Translates a folder offline and prints Proxies, Envoy resources and statuses as one JSON document. "
            + "Exit code 0: nothing is rejected; 2: something is; 1: it could not run.",
            new CommandExample("stagedoor translate --config examples/petstore", "Everything that Envoy would get."),
            new CommandExample("stagedoor translate --config . --output out.json || exit", "In CI."))
        {
            config, output,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(config)!, parsed.GetValue(output), parsed.InvocationConfiguration));
        return command;
    }

    private static async Task<int> RunAsync(string config, string? file, InvocationConfiguration console)
    {
        var view = Read(config);
        var translations = ProxyIndex.Proxies(view)
            .Select(proxy => ProxyTranslator.Translate(view, proxy, new TranslationMemo()))
            .ToArray();
        var upstreams = ProxyIndex.Upstreams(view)
            .Select(upstream => UpstreamTranslator.Translate(view, upstream))
            .ToArray();
        var json = TranslationJson.Write(view, translations, upstreams);
        await WriteAsync(json, file, console.Output).ConfigureAwait(false);

        var diagnostics = view.Diagnostics
            .Concat(translations.SelectMany(t => t.Reports).SelectMany(report => report.Diagnostics.Select(diagnostic =>
                diagnostic with
                {
                    Resource = diagnostic.Resource ?? report.Resource,
                    Source = diagnostic.Source ?? view.Find(report.Resource)?.Source,
                })))
            .Concat(upstreams.SelectMany(upstream => upstream.Diagnostics.Select(diagnostic => diagnostic with
            {
                Resource = diagnostic.Resource ?? upstream.Upstream,
                Source = diagnostic.Source ?? view.Find(upstream.Upstream)?.Source,
            })))
            .Distinct()
            .ToArray();
        foreach (var diagnostic in diagnostics)
            await console.Error.WriteLineAsync(diagnostic.ToString()).ConfigureAwait(false);
        return diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error) ? 2 : 0;
    }

    private static CatalogView Read(string config)
    {
        try
        {
            return FileSource.ReadOnce(new FileSourceOptions { Directory = config }, TimeProvider.System);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(HostCodes.ConfigFolder, $"--config: {e.Message}", inner: e);
        }
    }

    private static async Task WriteAsync(string json, string? file, TextWriter output)
    {
        if (file is null)
        {
            await output.WriteLineAsync(json).ConfigureAwait(false);
            return;
        }

        try
        {
            await File.WriteAllTextAsync(file, json).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(HostCodes.Output, $"--output: cannot write {file}: {e.Message}", inner: e);
        }
    }
}
