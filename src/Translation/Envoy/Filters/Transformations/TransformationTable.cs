using Google.Protobuf.Collections;
using BodyCase = Solo.Gloo.Options.Transformation.TransformationTemplate.BodyTransformationOneofCase;
using GlooExtraction = Solo.Gloo.Options.Transformation.Extraction;
using GlooTemplate = Solo.Gloo.Options.Transformation.TransformationTemplate;
using GlooTransformation = Solo.Gloo.Options.Transformation.Transformation;
using Mode = Solo.Gloo.Options.Transformation.Extraction.Types.Mode;
using Parsing = Solo.Gloo.Options.Transformation.TransformationTemplate.Types.RequestBodyParse;
using TypeCase = Solo.Gloo.Options.Transformation.Transformation.TransformationTypeOneofCase;

namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>Compiles one transformation to the Lua table that the runtime executes (envoy-translation 9.8).</summary>
internal sealed class TransformationTable(bool isResponse, bool escapes, TemplateFacts facts)
{
    private const string DefaultSpace = "io.solo.transformation";

    private static readonly string[] RequestPseudo = [":path", ":method", ":authority", ":scheme"];
    private static readonly string[] ResponsePseudo = [":status"];

    /// <summary>The table; <c>nil</c> if there is nothing to do.</summary>
    /// <exception cref="TransformationException">The transformation is refused.</exception>
    public string Compile(GlooTransformation? input)
    {
        switch (input?.TransformationTypeCase)
        {
            case null:
                return "nil";
            case TypeCase.HeaderBodyTransform:
                var metadata = LuaText.Bool(input.HeaderBodyTransform.AddRequestMetadata && !isResponse);
                return $"{{wraps=true,reads=true,writes=true,metadata={metadata}}}";
            case TypeCase.TransformationTemplate:
                return Template(input.TransformationTemplate);
            default:
                throw new TransformationException("a transformation must have a type");
        }
    }

    private string Template(GlooTemplate input)
    {
        if (input.SpanTransformer is not null)
            throw new TransformationException("spanTransformer is not possible with stock Envoy");
        var own = new TemplateFacts();
        var isAdvanced = input.AdvancedTemplates;
        var headers = Pairs(
            input.Headers.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => ("headers", pair.Key, pair.Value.Text)), true, isAdvanced, own);
        var append = Pairs(
            input.HeadersToAppend.Select(header => ("headersToAppend", header.Key, header.Value?.Text ?? "")), false,
            isAdvanced, own);
        var extractors = Extractors(input.Extractors, own);
        var meta = Metadata(input, own);
        var body = Body(input, own);
        var remove = string.Join(',', input.HeadersToRemove.Select(Removed));
        facts.Merge(own);

        var isPassing = input.BodyTransformationCase == BodyCase.Passthrough;
        var parses = !isPassing && input.ParseBodyBehavior == Parsing.ParseAsJson;
        var writes = body.Length > 0;
        var reads = !isPassing && ((parses && !input.IgnoreErrorOnParse) || writes || own.ReadsBody);
        return $"{{reads={LuaText.Bool(reads)},writes={LuaText.Bool(writes)},json={LuaText.Bool(reads && parses)},"
            + $"ignores={LuaText.Bool(input.IgnoreErrorOnParse)},advanced={LuaText.Bool(isAdvanced)},"
            + $"escapes={LuaText.Bool(input.EscapeCharacters ?? escapes)},extractors={{{extractors}}},"
            + $"headers={{{headers}}},append={{{append}}},remove={{{remove}}},meta={{{meta}}}{body}}}";
    }

    private string Pairs(
        IEnumerable<(string Field, string Name, string Text)> pairs, bool pseudo, bool isAdvanced, TemplateFacts own) =>
        string.Join(',', pairs.Select(pair =>
        {
            var name = pair.Name.ToLowerInvariant();
            var allowed = pseudo ? isResponse ? ResponsePseudo : RequestPseudo : [];
            if (!allowed.Contains(name) && HeaderChecks.CheckName(name) is { } why)
                throw new TransformationException($"{pair.Field}: {why}");
            return $"{{name={LuaText.Quote(name)},"
                + $"value={Compiled($"{pair.Field}.{pair.Name}", pair.Text, isAdvanced, own)}}}";
        }));

    private static string Removed(string name) => HeaderChecks.CheckName(name) is { } why
        ? throw new TransformationException($"headersToRemove: {why}")
        : LuaText.Quote(name.ToLowerInvariant());

    private static string Extractors(MapField<string, GlooExtraction> extractors, TemplateFacts own) => string.Join(
        ',', extractors.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair =>
        {
            var (name, input) = pair;
            if (input.SourceCase == GlooExtraction.SourceOneofCase.Body) own.ReadsBody = true;
            return Named($"extractors.{name}", () => Extractor(name, input));
        }));

    private static string Extractor(string name, GlooExtraction input)
    {
        var mode = input.Mode switch { Mode.SingleReplace => "single", Mode.ReplaceAll => "all", _ => "extract" };
        if (mode == "extract" && input.ReplacementText is { Length: > 0 })
            throw new TransformationException("replacementText is only for SINGLE_REPLACE and REPLACE_ALL");
        if (mode != "extract" && input.ReplacementText is null)
            throw new TransformationException("replacementText is required");
        if (mode == "all" && input.Subgroup != 0)
            throw new TransformationException("subgroup must be 0 for REPLACE_ALL");
        if (input.Regex.Length == 0) throw new TransformationException("a regex is required");
        var (lua, groups) = EcmaRegex.Compile(input.Regex);
        if (input.Subgroup > groups)
            throw new TransformationException($"the regex has no group {input.Subgroup}");
        var source = input.SourceCase switch
        {
            GlooExtraction.SourceOneofCase.Header when HeaderChecks.IsToken(input.Header.TrimStart(':')) =>
                $"header={LuaText.Quote(input.Header.ToLowerInvariant())},",
            GlooExtraction.SourceOneofCase.Body => "",
            _ => throw new TransformationException("a header or the body is required"),
        };
        return $"{{name={LuaText.Quote(name)},path={LuaText.Path(name.Split('.'))},{source}mode=\"{mode}\","
            + $"group={LuaText.Number(input.Subgroup)},with={LuaText.Quote(input.ReplacementText ?? "")},re={lua}}}";
    }

    private static string Metadata(GlooTemplate input, TemplateFacts own) => string.Join(
        ',', input.DynamicMetadataValues.Select(value =>
        {
            if (value.Key.Length == 0) throw new TransformationException("dynamicMetadataValues: a key is required");
            var space = value.MetadataNamespace.Length > 0 ? value.MetadataNamespace : DefaultSpace;
            var compiled = Compiled(
                $"dynamicMetadataValues.{value.Key}", value.Value?.Text ?? "", input.AdvancedTemplates, own);
            return $"{{space={LuaText.Quote(space)},key={LuaText.Quote(value.Key)},"
                + $"json={LuaText.Bool(value.JsonToProto)},value={compiled}}}";
        }));

    private static string Body(GlooTemplate input, TemplateFacts own)
    {
        switch (input.BodyTransformationCase)
        {
            case BodyCase.Body:
                return ",body=" + Compiled("body", input.Body.Text, input.AdvancedTemplates, own);
            case BodyCase.MergeExtractorsToBody:
                return ",merge=true";
            case BodyCase.MergeJsonKeys:
                if (input.AdvancedTemplates)
                    throw new TransformationException("mergeJsonKeys and advancedTemplates exclude each other");
                if (input.ParseBodyBehavior != Parsing.ParseAsJson)
                    throw new TransformationException("mergeJsonKeys needs parseBodyBehavior: ParseAsJson");
                var keys = input.MergeJsonKeys.JsonKeys.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => Key(pair.Key, pair.Value, own));
                return $",keys={{{string.Join(',', keys)}}}";
            default:
                return "";
        }
    }

    private static string Key(
        string name, Solo.Gloo.Options.Transformation.MergeJsonKeys.Types.OverridableTemplate input, TemplateFacts own)
    {
        if (name.Length == 0 || name.Contains('.', StringComparison.Ordinal))
            throw new TransformationException("mergeJsonKeys: a key must not be empty or hold '.'");
        return $"{{name={LuaText.Quote(name)},empty={LuaText.Bool(input.OverrideEmpty)},"
            + $"value={Compiled($"mergeJsonKeys.{name}", input.Tmpl?.Text ?? "", false, own)}}}";
    }

    private static string Compiled(string field, string text, bool isAdvanced, TemplateFacts own) =>
        Named(field, () => InjaTemplate.Compile(text, isAdvanced, own));

    private static string Named(string field, Func<string> compile)
    {
        try
        {
            return compile();
        }
        catch (TransformationException e)
        {
            throw new TransformationException($"{field}: {e.Message}");
        }
    }
}
