using System.Text;
using Google.Protobuf.Collections;
using Stagedoor.Translation.Envoy.Transformations;
using GlooExtraction = Solo.Gloo.Options.Transformation.Extraction;
using GlooParameters = Solo.Gloo.Options.Transformation.Parameters;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Extractors of the parameters in paths and headers such as <c>/users/{id}</c> (envoy-translation 9.11).
/// </summary>
internal static class ParameterExtractors
{
    private const string Parameter = "([\\-._%[:alnum:]]+)";
    private const string Everything = "(.*)";

    /// <summary>Adds them.</summary>
    /// <exception cref="TransformationException">Braces do not match.</exception>
    public static void Add(GlooParameters? parameters, MapField<string, GlooExtraction> output)
    {
        if (parameters is null) return;
        foreach (var (header, template) in parameters.Headers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Add(header, template, output);
        if (parameters.Path is { } path) Add(":path", path, output);
        output["path"] = Of(":path", Everything, 1);
        output["method"] = Of(":method", Everything, 1);
    }

    private static void Add(string header, string template, MapField<string, GlooExtraction> output)
    {
        var regex = new StringBuilder();
        var names = new List<string>();
        for (var at = 0; at < template.Length;)
        {
            var open = template.IndexOf('{', at);
            Quote(template[at..(open < 0 ? template.Length : open)], regex);
            if (open < 0) break;
            var close = template.IndexOf('}', open);
            if (close < 0) throw new TransformationException($"'{template}': a brace is not closed");
            names.Add(template[(open + 1)..close].Trim());
            regex.Append(Parameter);
            at = close + 1;
        }

        if (names.Count == 0) output[header.TrimStart(':')] = Of(header, Everything, 1);
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Length == 0 || names[i].Contains('{', StringComparison.Ordinal))
                throw new TransformationException($"'{template}': braces must hold a name");
            output[names[i]] = Of(header, regex.ToString(), (uint)i + 1);
        }
    }

    private static void Quote(string text, StringBuilder regex)
    {
        if (text.Contains('}', StringComparison.Ordinal))
            throw new TransformationException($"'{text}': a brace is not opened");
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c < 128 && c is not ('/' or '-' or '_' or ' ')) regex.Append('\\');
            regex.Append(c);
        }
    }

    private static GlooExtraction Of(string header, string regex, uint group) =>
        new() { Header = header, Regex = regex, Subgroup = group };
}
