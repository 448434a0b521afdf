using Google.Protobuf.Collections;
using ActionCase = Solo.Api.Ratelimit.Action.ActionSpecifierOneofCase;
using EnvoyAction = Envoy.Config.Route.V3.RateLimit.Types.Action;
using GlooAction = Solo.Api.Ratelimit.Action;
using GlooHeader = Solo.Api.Ratelimit.Action.Types.HeaderValueMatch.Types.HeaderMatcher;
using SpecifierCase =
    Solo.Api.Ratelimit.Action.Types.HeaderValueMatch.Types.HeaderMatcher.HeaderMatchSpecifierOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary>Actions that make the descriptors of a rate limit (envoy-translation 9.2).</summary>
internal static class RateLimitDescriptors
{
    /// <summary>A generic key with this value marks a list whose headers may be absent.</summary>
    private const string SetMarker = "solo.setDescriptor.uniqueValue";

    public static IEnumerable<EnvoyAction> Of(
        RepeatedField<GlooAction> actions, GlooV1.Settings settings, List<Problem> problems)
    {
        var isSet = actions.Any(action => action.GenericKey?.DescriptorValue == SetMarker);
        foreach (var action in actions)
            if (One(action, isSet, settings, problems) is { } output)
                yield return output;
    }

    private static EnvoyAction? One(GlooAction action, bool isSet, GlooV1.Settings settings, List<Problem> problems)
    {
        switch (action.ActionSpecifierCase)
        {
            case ActionCase.SourceCluster:
                return new EnvoyAction { SourceCluster = new EnvoyAction.Types.SourceCluster() };
            case ActionCase.DestinationCluster:
                return new EnvoyAction { DestinationCluster = new EnvoyAction.Types.DestinationCluster() };
            case ActionCase.RemoteAddress:
                return new EnvoyAction { RemoteAddress = new EnvoyAction.Types.RemoteAddress() };
            case ActionCase.RequestHeaders:
                var headers = action.RequestHeaders;
                if (!Required(headers.HeaderName, "requestHeaders.headerName", problems)
                    || !Required(headers.DescriptorKey, "requestHeaders.descriptorKey", problems))
                    return null;
                return new EnvoyAction
                {
                    RequestHeaders = new EnvoyAction.Types.RequestHeaders
                    {
                        HeaderName = headers.HeaderName,
                        DescriptorKey = headers.DescriptorKey,
                        SkipIfAbsent = isSet,
                    },
                };
            case ActionCase.GenericKey:
                var key = action.GenericKey.DescriptorValue;
                return Required(key, "genericKey.descriptorValue", problems)
                    ? new EnvoyAction { GenericKey = new EnvoyAction.Types.GenericKey { DescriptorValue = key } }
                    : null;
            case ActionCase.HeaderValueMatch:
                return HeaderValue(action.HeaderValueMatch, settings, problems);
            case ActionCase.Metadata:
                return Metadata(action.Metadata, problems);
            default:
                problems.Add(Problem.Error(EnvoyCodes.InvalidOption, "ratelimit: an action of unknown type"));
                return null;
        }
    }

    private static EnvoyAction? HeaderValue(
        GlooAction.Types.HeaderValueMatch input, GlooV1.Settings settings, List<Problem> problems)
    {
        if (!Required(input.DescriptorValue, "headerValueMatch.descriptorValue", problems)) return null;
        var output = new EnvoyAction.Types.HeaderValueMatch
        {
            DescriptorValue = input.DescriptorValue,
            ExpectMatch = input.ExpectMatch,
        };
        if (input.Headers.Count == 0)
            problems.Add(Problem.Error(
                EnvoyCodes.InvalidOption, "Missing required field in ratelimit action headerValueMatch.headers"));
        foreach (var header in input.Headers) output.Headers.Add(Header(header, settings, problems));
        return new EnvoyAction { HeaderValueMatch = output };
    }

    private static EnvoyRoute.HeaderMatcher Header(
        GlooHeader input, GlooV1.Settings settings, List<Problem> problems)
    {
        var output = new EnvoyRoute.HeaderMatcher { Name = input.Name, InvertMatch = input.InvertMatch };
        switch (input.HeaderMatchSpecifierCase)
        {
            case SpecifierCase.ExactMatch:
                output.ExactMatch = input.ExactMatch;
                break;
            case SpecifierCase.RegexMatch:
                output.SafeRegexMatch = RouteMatchers.Regex(input.RegexMatch, RegexLimit.Of(settings), problems);
                break;
            case SpecifierCase.RangeMatch:
                output.RangeMatch = new EnvoyType.Int64Range
                {
                    Start = input.RangeMatch.Start,
                    End = input.RangeMatch.End,
                };
                break;
            case SpecifierCase.PresentMatch:
                output.PresentMatch = input.PresentMatch;
                break;
            case SpecifierCase.PrefixMatch:
                output.PrefixMatch = input.PrefixMatch;
                break;
            case SpecifierCase.SuffixMatch:
                output.SuffixMatch = input.SuffixMatch;
                break;
        }

        return output;
    }

    private static EnvoyAction? Metadata(GlooAction.Types.MetaData input, List<Problem> problems)
    {
        if (!Required(input.DescriptorKey, "metadata.descriptorKey", problems)
            || !Required(input.MetadataKey?.Key ?? "", "metadata.metadataKey.key", problems))
            return null;
        var key = new global::Envoy.Type.Metadata.V3.MetadataKey { Key = input.MetadataKey!.Key };
        foreach (var segment in input.MetadataKey.Path)
            key.Path.Add(new global::Envoy.Type.Metadata.V3.MetadataKey.Types.PathSegment { Key = segment.Key });
        return new EnvoyAction
        {
            Metadata = new EnvoyAction.Types.MetaData
            {
                DescriptorKey = input.DescriptorKey,
                MetadataKey = key,
                DefaultValue = input.DefaultValue,
                Source = (EnvoyAction.Types.MetaData.Types.Source)(int)input.Source,
            },
        };
    }

    private static bool Required(string value, string field, List<Problem> problems)
    {
        if (value.Length > 0) return true;
        problems.Add(Problem.Error(
            EnvoyCodes.InvalidOption, $"Missing required field in ratelimit action {field}"));
        return false;
    }
}
