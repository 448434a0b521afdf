using Envoy.Config.Accesslog.V3;
using Google.Protobuf;
using Google.Protobuf.Collections;
using GlooFilter = Solo.Gloo.Options.Als.AccessLogFilter;
using MatchCase = Envoy.Config.Route.V3.HeaderMatcher.HeaderMatchSpecifierOneofCase;
using SpecifierCase = Envoy.Config.Accesslog.V3.AccessLogFilter.FilterSpecifierOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Which requests an access log is for; Gloo's message is Envoy's on the wire (envoy-translation 9.3).
/// </summary>
internal static class AccessLogFilters
{
    /// <summary>The filter; what Envoy's own rules do not say is checked here, the rest with the log.</summary>
    public static AccessLogFilter Of(GlooFilter input, AccessLogScope sink)
    {
        var output = AccessLogFilter.Parser.ParseFrom(input.ToByteArray());
        Check(output, sink);
        return output;
    }

    private static void Check(AccessLogFilter filter, AccessLogScope sink)
    {
        switch (filter.FilterSpecifierCase)
        {
            case SpecifierCase.StatusCodeFilter:
                Compared(filter.StatusCodeFilter.Comparison, "statusCodeFilter", sink);
                break;
            case SpecifierCase.DurationFilter:
                Compared(filter.DurationFilter.Comparison, "durationFilter", sink);
                break;
            case SpecifierCase.RuntimeFilter when filter.RuntimeFilter.RuntimeKey.Length == 0:
                sink.Error("filter.runtimeFilter.runtimeKey is required");
                break;
            case SpecifierCase.AndFilter:
                Several(filter.AndFilter.Filters, "andFilter", sink);
                break;
            case SpecifierCase.OrFilter:
                Several(filter.OrFilter.Filters, "orFilter", sink);
                break;
            case SpecifierCase.HeaderFilter:
                Header(filter.HeaderFilter.Header, sink);
                break;
            case SpecifierCase.None:
                sink.Error("a filter says nothing");
                break;
        }
    }

    private static void Compared(ComparisonFilter? comparison, string field, AccessLogScope sink)
    {
        if (comparison?.Value is null) sink.Error($"filter.{field}.comparison.value is required");
        else if (comparison.Value.RuntimeKey.Length == 0)
            sink.Error($"filter.{field}.comparison.value.runtimeKey is required");
    }

    private static void Several(RepeatedField<AccessLogFilter> filters, string field, AccessLogScope sink)
    {
        if (filters.Count < 2) sink.Error($"filter.{field} needs at least two filters");
        foreach (var filter in filters) Check(filter, sink);
    }

    private static void Header(EnvoyRoute.HeaderMatcher? header, AccessLogScope sink)
    {
        if (header?.HeaderMatchSpecifierCase is not MatchCase.SafeRegexMatch) return;
        var problems = new List<Problem>();
        var limit = RegexLimit.Of(sink.Listener.View.Settings);
        header.SafeRegexMatch = RegexLimit.Matcher(header.SafeRegexMatch.Regex, limit, problems);
        foreach (var problem in problems) sink.Error($"filter.headerFilter: {problem.Message}");
    }
}
