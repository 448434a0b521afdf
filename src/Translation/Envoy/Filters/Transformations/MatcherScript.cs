using Google.Protobuf.Collections;
using GlooHeader = Solo.Gloo.Core.Matchers.HeaderMatcher;
using GlooMatcher = Solo.Gloo.Core.Matchers.Matcher;

namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>Compiles matchers of transformations to Lua predicates over headers (envoy-translation 9.8).</summary>
internal sealed class MatcherScript
{
    private readonly List<string> _conditions = [];
    private readonly List<string> _regexes = [];

    /// <summary>The predicate of a request matcher; <c>nil</c> if everything matches.</summary>
    public static string Request(GlooMatcher? matcher)
    {
        var script = new MatcherScript();
        if (matcher is null) return "nil";
        script.Path(matcher);
        script.Headers(matcher.Headers);
        foreach (var parameter in matcher.QueryParameters)
        {
            var value = $"query(h)[{LuaText.Quote(parameter.Name)}]";
            script.Add(script.Test(value, parameter.Value, parameter.Regex), false);
        }

        if (matcher.Methods.Count > 0)
            script.Add(string.Join(" or ", matcher.Methods.Select(
                method => $"h:get(\":method\")=={LuaText.Quote(method)}")), false);
        return script.ToLua();
    }

    /// <summary>The predicate of a response matcher; <c>nil</c> if everything matches.</summary>
    public static string Response(RepeatedField<GlooHeader> matchers)
    {
        var script = new MatcherScript();
        script.Headers(matchers);
        return script.ToLua();
    }

    private void Path(GlooMatcher matcher)
    {
        switch (matcher.PathSpecifierCase)
        {
            case GlooMatcher.PathSpecifierOneofCase.Prefix when matcher.Prefix.Length > 0 && matcher.Prefix != "/":
                Add($"starts(path(h),{LuaText.Quote(matcher.Prefix)})", false);
                break;
            case GlooMatcher.PathSpecifierOneofCase.Exact:
                Add($"path(h)=={LuaText.Quote(matcher.Exact)}", false);
                break;
            case GlooMatcher.PathSpecifierOneofCase.Regex:
                Add($"whole({Regex(matcher.Regex)},path(h))~=nil", false);
                break;
            case GlooMatcher.PathSpecifierOneofCase.ConnectMatcher:
                Add("h:get(\":method\")==\"CONNECT\"", false);
                break;
        }
    }

    private void Headers(RepeatedField<GlooHeader> headers)
    {
        foreach (var header in headers)
        {
            if (header.Name.Length == 0) throw new TransformationException("a header matcher needs a name");
            var name = header.Name.ToLowerInvariant();
            Add(Test($"h:get({LuaText.Quote(name)})", header.Value, header.Regex), header.InvertMatch);
        }
    }

    private string Test(string actual, string expected, bool isRegex) =>
        expected.Length == 0 ? $"{actual}~=nil"
        : isRegex ? $"({actual}~=nil and whole({Regex(expected)},{actual})~=nil)"
        : $"{actual}=={LuaText.Quote(expected)}";

    private string Regex(string regex)
    {
        _regexes.Add(EcmaRegex.Compile(regex).Lua);
        return $"r[{LuaText.Number(_regexes.Count)}]";
    }

    private void Add(string condition, bool isInverted) =>
        _conditions.Add(isInverted ? $"not ({condition})" : $"({condition})");

    private string ToLua()
    {
        if (_conditions.Count == 0) return "nil";
        var predicate = $"function(h) return {string.Join(" and ", _conditions)} end";
        return _regexes.Count == 0
            ? predicate
            : $"(function() local r={{{string.Join(',', _regexes)}}} return {predicate} end)()";
    }
}
