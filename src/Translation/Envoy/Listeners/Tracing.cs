using Envoy.Type.Metadata.V3;
using Envoy.Type.Tracing.V3;
using Stagedoor.Translation.Validation;
using GlooTracing = Solo.Gloo.Options.Tracing.ListenerTracingSettings;
using Hcm = Envoy.Extensions.Filters.Network.HttpConnectionManager.V3.HttpConnectionManager;
using MetadataTag = Solo.Gloo.Options.Tracing.TracingTagMetadata;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>tracing</c> of connection managers (envoy-translation 9.4).</summary>
internal static class Tracing
{
    /// <summary>Writes the tracing; one that Envoy would refuse is reported and left out as a whole.</summary>
    public static void Apply(ListenerScope listener, GlooTracing? input, Hcm manager)
    {
        if (input is null) return;
        var output = new Hcm.Types.Tracing
        {
            Verbose = input.Verbose ?? false,
            SpawnUpstreamSpan = input.SpawnUpstreamSpan,
            ClientSampling = Percent(listener, input.TracePercentages?.ClientSamplePercentage),
            RandomSampling = Percent(listener, input.TracePercentages?.RandomSamplePercentage),
            OverallSampling = Percent(listener, input.TracePercentages?.OverallSamplePercentage),
        };
        foreach (var tag in Tags(input))
        {
            if (Unfit(tag) is { } why) Error(listener, $"{why}; the tag is left out", EnvoyCodes.InvalidOption);
            else output.CustomTags.Add(tag);
        }

        if (TracingProviders.Of(listener, input, out var provider))
        {
            output.Provider = provider;
            manager.Tracing = output;
        }
    }

    private static IEnumerable<CustomTag> Tags(GlooTracing input)
    {
        foreach (var header in input.RequestHeadersForTags)
            yield return new CustomTag { Tag = header, RequestHeader = new CustomTag.Types.Header { Name = header } };
        foreach (var variable in input.EnvironmentVariablesForTags)
        {
            yield return new CustomTag
            {
                Tag = variable.Tag ?? "",
                Environment = new CustomTag.Types.Environment
                {
                    Name = variable.Name ?? "",
                    DefaultValue = variable.DefaultValue ?? "",
                },
            };
        }

        foreach (var literal in input.LiteralsForTags)
        {
            yield return new CustomTag
            {
                Tag = literal.Tag ?? "",
                Literal = new CustomTag.Types.Literal { Value = literal.Value ?? "" },
            };
        }

        foreach (var metadata in input.MetadataForTags)
            yield return new CustomTag { Tag = metadata.Tag, Metadata = Metadata(metadata) };
    }

    private static CustomTag.Types.Metadata Metadata(MetadataTag input)
    {
        var delimiter = input.Value?.NestedFieldDelimiter is { Length: > 0 } own ? own : ".";
        var key = new MetadataKey { Key = input.Value?.Namespace ?? "" };
        foreach (var part in (input.Value?.Key ?? "").Split(delimiter))
            key.Path.Add(new MetadataKey.Types.PathSegment { Key = part });
        return new CustomTag.Types.Metadata
        {
            Kind = input.Kind == MetadataTag.Types.Kind.Endpoint
                ? new MetadataKind { Host = new MetadataKind.Types.Host() }
                : new MetadataKind { Request = new MetadataKind.Types.Request() },
            MetadataKey = key,
            DefaultValue = input.DefaultValue,
        };
    }

    private static string? Unfit(CustomTag tag)
    {
        if (tag.RequestHeader is { } header && !HeaderChecks.IsToken(header.Name.TrimStart(':')))
            return $"'{header.Name}' is not a header name";
        return MessageValidator.Validate(tag).Select(violation => violation.ToString()).FirstOrDefault();
    }

    private static EnvoyType.Percent Percent(ListenerScope listener, float? percentage)
    {
        if (percentage is { } given && Percents.Check(given) is { } why)
            Error(listener, $"tracePercentages: {why}", EnvoyCodes.InvalidOption);
        return new EnvoyType.Percent { Value = percentage is >= 0 and <= 100 ? percentage.Value : 100 };
    }

    private static void Error(ListenerScope listener, string reason, string code) =>
        listener.Problems.Add(Problem.Error(code, $"tracing: {reason}"));
}
