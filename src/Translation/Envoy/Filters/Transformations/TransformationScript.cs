using System.IO.Hashing;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using GlooRequest = Solo.Gloo.Options.Transformation.RequestMatch;
using GlooResponse = Solo.Gloo.Options.Transformation.ResponseMatch;

namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>
/// The Lua of transformations: one script for the listener, which is always the same, and for each route tables with
/// its compiled templates, which reach the script as the route's filter context. All text of the configuration goes
/// through <see cref="LuaText"/>.
/// </summary>
internal static class TransformationScript
{
    private const int MaxLength = 256 * 1024;

    /// <summary>The script of the listener.</summary>
    public static readonly string Runtime =
        Resource("runtime.lua") + Resource("templates.lua") + Resource("execute.lua");

    /// <summary>The filter context: the tables and a name for their content.</summary>
    /// <exception cref="TransformationException">A transformation is refused.</exception>
    public static Struct Compile(TransformationStage stage, StageTransformations input)
    {
        var facts = new TemplateFacts();
        var requests = string.Join(',', input.Requests.Select(entry => Request(entry, input.Escapes, facts)));
        var responses = string.Join(',', input.Responses.Select(entry => Response(entry, input.Escapes, facts)));
        var names = facts.ReadsAnyRequestHeader ? "true"
            : facts.RequestHeaders.Count == 0 ? "nil"
            : "{" + string.Join(',', facts.RequestHeaders.Select(name => $"[{LuaText.Quote(name)}]=true")) + "}";
        var space = LuaText.Quote("stagedoor.transformation." + stage.Name);
        var code = $"return {{space={space},requests={{{requests}}},responses={{{responses}}},names={names},"
            + $"unwraps={LuaText.Bool(input.Unwraps)}}}";
        if (code.Length > MaxLength)
            throw new TransformationException($"the transformations of a stage need more than {MaxLength} bytes");
        var id = XxHash128.Hash(Encoding.UTF8.GetBytes(code));
        return new Struct
        {
            Fields =
            {
                ["code"] = Value.ForString(code),
                ["id"] = Value.ForString(Convert.ToHexStringLower(id)),
            },
        };
    }

    private static string Request(GlooRequest entry, bool escapes, TemplateFacts facts)
    {
        // Request headers that a request reads are at hand; only responses need them kept.
        var request = new TransformationTable(false, escapes, new TemplateFacts()).Compile(entry.RequestTransformation);
        var response = new TransformationTable(true, escapes, facts).Compile(entry.ResponseTransformation);
        return $"{{match={MatcherScript.Request(entry.Matcher)},clear={LuaText.Bool(entry.ClearRouteCache)},"
            + $"request={request},response={response}}}";
    }

    private static string Response(GlooResponse entry, bool escapes, TemplateFacts facts)
    {
        if (entry.ResponseCodeDetails.Length > 0)
            throw new TransformationException("responseCodeDetails cannot be matched with stock Envoy");
        if (entry.ResponseTransformation is null)
            throw new TransformationException("responseTransformation is required");
        var response = new TransformationTable(true, escapes, facts).Compile(entry.ResponseTransformation);
        return $"{{match={MatcherScript.Response(entry.Matchers)},response={response}}}";
    }

    private static string Resource(string name)
    {
        using var stream = typeof(TransformationScript).Assembly
            .GetManifestResourceStream($"Stagedoor.Translation.Lua.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
