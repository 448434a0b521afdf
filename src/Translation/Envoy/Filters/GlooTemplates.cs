using Google.Protobuf;
using FilterTemplate = Solo.External.Envoy.Api.V2.Filter.Http.TransformationTemplate;
using GlooTemplate = Solo.Gloo.Options.Transformation.TransformationTemplate;

namespace Stagedoor.Translation.Envoy;

/// <summary>Templates in the form of Gloo's filter, which functions of Upstreams are given in.</summary>
internal static class GlooTemplates
{
    /// <summary>
    /// The same in the form of the options: all fields have the same numbers but one, which is wrapped.
    /// </summary>
    public static GlooTemplate Copy(FilterTemplate input)
    {
        var plain = input.Clone();
        plain.EscapeCharacters = false;
        var output = GlooTemplate.Parser.ParseFrom(plain.ToByteArray());
        if (input.EscapeCharacters) output.EscapeCharacters = true;
        return output;
    }
}
