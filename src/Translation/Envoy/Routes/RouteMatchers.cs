using Envoy.Config.Route.V3;
using Envoy.Type.Matcher.V3;
using GlooMatcher = Solo.Gloo.Core.Matchers.Matcher;

namespace Stagedoor.Translation.Envoy;

/// <summary>A Gloo matcher as an Envoy RouteMatch (envoy-translation 4.3).</summary>
internal static class RouteMatchers
{
    /// <summary>The match; problems mean that it cannot be served.</summary>
    public static RouteMatch Translate(GlooMatcher matcher, uint maxProgramSize, List<Problem> problems)
    {
        var match = new RouteMatch { CaseSensitive = matcher.CaseSensitive };
        SetPath(matcher, match, maxProgramSize, problems);
        foreach (var header in matcher.Headers)
        {
            if (header.Name.Length == 0) problems.Add(Invalid("a header matcher needs a name"));
            var envoy = new HeaderMatcher { Name = header.Name, InvertMatch = header.InvertMatch };
            if (header.Value.Length == 0) envoy.PresentMatch = true;
            else if (header.Regex) envoy.SafeRegexMatch = Regex(header.Value, maxProgramSize, problems);
            else envoy.ExactMatch = header.Value;
            match.Headers.Add(envoy);
        }

        foreach (var parameter in matcher.QueryParameters)
        {
            if (parameter.Name.Length is 0 or > 1024)
                problems.Add(Invalid("a query parameter's name has 1 to 1024 bytes"));
            var envoy = new QueryParameterMatcher { Name = parameter.Name };
            if (parameter.Value.Length == 0) envoy.PresentMatch = true;
            else if (parameter.Regex)
                envoy.StringMatch = new StringMatcher { SafeRegex = Regex(parameter.Value, maxProgramSize, problems) };
            else envoy.StringMatch = new StringMatcher { Exact = parameter.Value };
            match.QueryParameters.Add(envoy);
        }

        if (matcher.Methods.Count > 0)
        {
            // The names are joined to a regular expression, so they must not bring any syntax of their own.
            if (!matcher.Methods.All(method => method.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
                problems.Add(Invalid("methods must consist of letters, digits, '-' and '_'"));
            var methods = string.Join('|', matcher.Methods);
            match.Headers.Add(new HeaderMatcher
            {
                Name = ":method",
                SafeRegexMatch = Regex(methods, maxProgramSize, problems),
            });
        }

        return match;
    }

    /// <summary>Makes a prefix one of whole segments, as the Gateway API has them.</summary>
    public static void BySegments(RouteMatch match)
    {
        if (match.PathSpecifierCase == RouteMatch.PathSpecifierOneofCase.Prefix && !match.Prefix.EndsWith('/'))
            match.PathSeparatedPrefix = match.Prefix;
    }

    /// <summary>A regular expression, checked; every one carries <c>google_re2</c>.</summary>
    public static RegexMatcher Regex(string regex, uint maxProgramSize, List<Problem> problems) =>
        RegexLimit.Matcher(regex, maxProgramSize, problems);

    private static void SetPath(GlooMatcher matcher, RouteMatch match, uint maxProgramSize, List<Problem> problems)
    {
        switch (matcher.PathSpecifierCase)
        {
            case GlooMatcher.PathSpecifierOneofCase.Prefix:
                match.Prefix = matcher.Prefix;
                CheckPath(matcher.Prefix, problems);
                break;
            case GlooMatcher.PathSpecifierOneofCase.Exact:
                match.Path = matcher.Exact;
                CheckPath(matcher.Exact, problems);
                break;
            case GlooMatcher.PathSpecifierOneofCase.Regex:
                match.SafeRegex = Regex(matcher.Regex, maxProgramSize, problems);
                break;
            case GlooMatcher.PathSpecifierOneofCase.ConnectMatcher:
                match.ConnectMatcher = new RouteMatch.Types.ConnectMatcher();
                break;
            default:
                problems.Add(Invalid("no path specifier provided"));
                break;
        }
    }

    private static void CheckPath(string path, List<Problem> problems)
    {
        if (PathHygiene.Check(path) is { } why) problems.Add(Invalid($"the path '{path}' is invalid: {why}"));
    }

    private static Problem Invalid(string message) => Problem.Error(EnvoyCodes.InvalidMatcher, message);
}
