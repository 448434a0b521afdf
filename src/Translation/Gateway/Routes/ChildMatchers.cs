using Google.Protobuf.Collections;
using Solo.Gloo.Core.Matchers;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// The matchers of a route in a RouteTable, with what they inherit, and whether they fit under their parent.
/// </summary>
internal static class ChildMatchers
{
    private static readonly IReadOnlyList<Matcher> RootOnly = [MatcherPath.Root];

    /// <summary>Matchers as in steps 2 to 4 of gateway-translation 1.7.3.</summary>
    public static IReadOnlyList<Matcher> Of(RepeatedField<Matcher> own, ParentRoute parent, bool path, bool others)
    {
        if (!path && !others) return own.Count > 0 ? own : RootOnly;
        var result = new List<Matcher>(Math.Max(own.Count, 1));
        foreach (var matcher in own) result.Add(ShallowMerge.ShallowCopy(matcher));
        if (result.Count == 0) result.Add(ShallowMerge.ShallowCopy(MatcherPath.Root));
        foreach (var matcher in result)
        {
            if (path)
            {
                MatcherPath.Copy(parent.Matcher, matcher);
                matcher.CaseSensitive = parent.Matcher.CaseSensitive;
            }

            if (!others) continue;
            Prepend(parent.Matcher.Headers, matcher.Headers);
            Prepend(parent.Matcher.QueryParameters, matcher.QueryParameters);
            Prepend(parent.Matcher.Methods, matcher.Methods);
        }

        return result;
    }

    /// <summary>What a child's matcher lacks of what its parent requires; null if nothing (step 6).</summary>
    public static string? Violation(Matcher child, Matcher parent)
    {
        if (!MatcherPath.Text(child).StartsWith(parent.Prefix, StringComparison.Ordinal))
            return $"required prefix: {Shorten.Text(parent.Prefix)}, actual path: {MatcherPath.Describe(child)}";
        if (child.CaseSensitive != parent.CaseSensitive)
            return $"required caseSensitive: {Word(parent.CaseSensitive)}, actual: {Word(child.CaseSensitive)}";
        foreach (var header in parent.Headers)
        {
            if (!child.Headers.Contains(header))
                return $"required header: {Shorten.Text(header.ToString())}, which is not among the route's headers";
        }

        foreach (var parameter in parent.QueryParameters)
        {
            if (!child.QueryParameters.Contains(parameter))
                return $"required query parameter: {Shorten.Text(parameter.ToString())}, which the route does not have";
        }

        foreach (var method in parent.Methods)
        {
            if (!child.Methods.Contains(method))
                return $"required method: {Shorten.Text(method)}, which the route does not have";
        }

        return null;
    }

    private static void Prepend<T>(RepeatedField<T> parents, RepeatedField<T> own)
    {
        if (parents.Count == 0) return;
        var rest = own.Clone();
        own.Clear();
        own.AddRange(parents);
        own.AddRange(rest);
    }

    private static string Word(bool? value) => value switch { null => "not set", true => "true", false => "false" };
}
