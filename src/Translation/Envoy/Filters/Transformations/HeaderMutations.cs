using Envoy.Extensions.Filters.Http.HeaderMutation.V3;
using Google.Protobuf.Collections;
using AppendAction = Envoy.Config.Core.V3.HeaderValueOption.Types.HeaderAppendAction;
using BodyCase = Solo.Gloo.Options.Transformation.TransformationTemplate.BodyTransformationOneofCase;
using GlooTemplate = Solo.Gloo.Options.Transformation.TransformationTemplate;
using GlooTransformation = Solo.Gloo.Options.Transformation.Transformation;
using Mutation = Envoy.Config.Common.MutationRules.V3.HeaderMutation;
using Parsing = Solo.Gloo.Options.Transformation.TransformationTemplate.Types.RequestBodyParse;

namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>
/// Transformations that set, add and remove headers of fixed values, whatever the request is, and do not look at the
/// body: Envoy's own filter does it without a script.
/// </summary>
internal static class HeaderMutations
{
    /// <summary>The configuration; null if the transformations need a script.</summary>
    public static HeaderMutationPerRoute? Of(StageTransformations input)
    {
        if (input.Requests.Count > 1 || input.Responses.Count > 1) return null;
        var request = input.Requests.Count > 0 ? input.Requests[0] : null;
        var response = input.Responses.Count > 0 ? input.Responses[0] : null;
        if (request is { Matcher: not null } or { ClearRouteCache: true }
            || response is { Matchers.Count: > 0 } or { ResponseCodeDetails.Length: > 0 })
            return null;
        var output = new Mutations();
        if (!Add(request?.RequestTransformation, output.RequestMutations)
            || !Add(request?.ResponseTransformation ?? response?.ResponseTransformation, output.ResponseMutations))
            return null;
        return new HeaderMutationPerRoute { Mutations = output };
    }

    private static bool Add(GlooTransformation? input, RepeatedField<Mutation> output)
    {
        if (input is null) return true;
        if (input.TransformationTemplate is not { } template || !IsPlain(template)) return false;
        foreach (var name in template.HeadersToRemove) output.Add(new Mutation { Remove = name });
        foreach (var (name, value) in template.Headers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (value.Text.Length == 0) output.Add(new Mutation { Remove = name });
            else output.Add(Set(name, value.Text, AppendAction.OverwriteIfExistsOrAdd));
        }

        foreach (var header in template.HeadersToAppend)
            if (header.Value is { Text.Length: > 0 } value)
                output.Add(Set(header.Key, value.Text, AppendAction.AppendIfExistsOrAdd));
        return true;
    }

    private static bool IsPlain(GlooTemplate input) =>
        input.Extractors.Count == 0 && input.DynamicMetadataValues.Count == 0 && input.SpanTransformer is null
        && (input.BodyTransformationCase == BodyCase.Passthrough
            || (input.BodyTransformationCase == BodyCase.None
                && (input.ParseBodyBehavior == Parsing.DontParse || input.IgnoreErrorOnParse)))
        && input.Headers.All(pair => IsPlain(pair.Key, pair.Value.Text))
        && input.HeadersToAppend.All(header => IsPlain(header.Key, header.Value?.Text ?? ""))
        && input.HeadersToRemove.All(name => HeaderChecks.CheckName(name) is null);

    private static bool IsPlain(string name, string text) =>
        HeaderChecks.CheckName(name) is null && !text.Contains('{', StringComparison.Ordinal)
        && !text.Contains("##", StringComparison.Ordinal) && text.All(c => c is '\t' or (>= ' ' and not '\x7f'));

    private static Mutation Set(string name, string text, AppendAction action) => new()
    {
        Append = new EnvoyCore.HeaderValueOption
        {
            Header = new EnvoyCore.HeaderValue
            {
                Key = name,
                Value = text.Replace("%", "%%", StringComparison.Ordinal),
            },
            AppendAction = action,
        },
    };
}
