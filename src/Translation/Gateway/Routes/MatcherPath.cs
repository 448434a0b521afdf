using Solo.Gloo.Core.Matchers;

namespace Stagedoor.Translation.Gateway;

/// <summary>The path part of a route matcher.</summary>
internal static class MatcherPath
{
    /// <summary>What a route without matchers matches: the prefix <c>/</c>. Not to be modified.</summary>
    public static readonly Matcher Root = new() { Prefix = "/" };

    /// <summary>The text of prefix, exact or regex; empty for others.</summary>
    public static string Text(Matcher matcher) => matcher.PathSpecifierCase switch
    {
        Matcher.PathSpecifierOneofCase.Prefix => matcher.Prefix,
        Matcher.PathSpecifierOneofCase.Exact => matcher.Exact,
        Matcher.PathSpecifierOneofCase.Regex => matcher.Regex,
        _ => "",
    };

    /// <summary>The kind and text, for messages.</summary>
    public static string Describe(Matcher matcher) => matcher.PathSpecifierCase switch
    {
        Matcher.PathSpecifierOneofCase.None => "no path",
        Matcher.PathSpecifierOneofCase.ConnectMatcher => "CONNECT",
        var kind when Text(matcher).Length == 0 => $"an empty {kind.ToString().ToLowerInvariant()}",
        var kind => $"{kind.ToString().ToLowerInvariant()} {Shorten.Text(Text(matcher))}",
    };

    /// <summary>Gives a matcher of our own the path of another.</summary>
    public static void Copy(Matcher from, Matcher to)
    {
        switch (from.PathSpecifierCase)
        {
            case Matcher.PathSpecifierOneofCase.Prefix:
                to.Prefix = from.Prefix;
                break;
            case Matcher.PathSpecifierOneofCase.Exact:
                to.Exact = from.Exact;
                break;
            case Matcher.PathSpecifierOneofCase.Regex:
                to.Regex = from.Regex;
                break;
            case Matcher.PathSpecifierOneofCase.ConnectMatcher:
                to.ConnectMatcher = from.ConnectMatcher;
                break;
            default:
                to.ClearPathSpecifier();
                break;
        }
    }
}
