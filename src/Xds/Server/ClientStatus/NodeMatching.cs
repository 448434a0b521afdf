using System.Text.RegularExpressions;
using Envoy.Type.Matcher.V3;
using Grpc.Core;
using Stagedoor.Xds.Server.Streams;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.ClientStatus;

/// <summary>
/// Which clients a status request is about: any of its matchers fits, or it has none. Of a client's metadata only the
/// role is known here.
/// </summary>
internal static class NodeMatching
{
    private const int MaxMatchers = 100;
    private const int MaxPattern = 1000;

    /// <exception cref="RpcException">A matcher cannot be understood.</exception>
    public static Func<NodeIdentity, bool> Of(IReadOnlyCollection<NodeMatcher> matchers)
    {
        if (matchers.Count == 0) return _ => true;
        if (matchers.Count > MaxMatchers)
            throw Bad($"{matchers.Count} node_matchers; at most {MaxMatchers} are allowed");
        var tests = matchers.Select(Compile).ToArray();
        return node => tests.Any(test => test(node));
    }

    private static Func<NodeIdentity, bool> Compile(NodeMatcher matcher)
    {
        Func<string, bool> id = matcher.NodeId is { } nodeId ? Compile(nodeId) : _ => true;
        var metadata = matcher.NodeMetadatas.Select(Compile).ToArray();
        return node => id(node.Id) && metadata.All(test => test(node));
    }

    private static Func<NodeIdentity, bool> Compile(StructMatcher matcher)
    {
        if (matcher.Path is not [{ Key: NodeReader.RoleField }])
            throw Bad("node_metadatas can look at the path 'role' only");
        switch (matcher.Value?.MatchPatternCase)
        {
            case ValueMatcher.MatchPatternOneofCase.StringMatch:
                var role = Compile(matcher.Value.StringMatch);
                return node => node.Role is not null && role(node.Role);
            case ValueMatcher.MatchPatternOneofCase.PresentMatch:
                var present = matcher.Value.PresentMatch;
                return node => node.Role is not null == present;
            default:
                throw Bad("node_metadatas can match a string, or that there is one");
        }
    }

    private static Func<string, bool> Compile(StringMatcher matcher)
    {
        var comparison = matcher.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        switch (matcher.MatchPatternCase)
        {
            case StringMatcher.MatchPatternOneofCase.Exact:
                return text => string.Equals(text, matcher.Exact, comparison);
            case StringMatcher.MatchPatternOneofCase.Prefix:
                return text => text.StartsWith(matcher.Prefix, comparison);
            case StringMatcher.MatchPatternOneofCase.Suffix:
                return text => text.EndsWith(matcher.Suffix, comparison);
            case StringMatcher.MatchPatternOneofCase.Contains:
                return text => text.Contains(matcher.Contains, comparison);
            case StringMatcher.MatchPatternOneofCase.SafeRegex:
                return Compile(matcher.SafeRegex.Regex).IsMatch;
            default:
                throw Bad("a matcher has no pattern, or one of a kind that is not known");
        }
    }

    private static Regex Compile(string pattern)
    {
        if (pattern.Length > MaxPattern) throw Bad($"a regex of {pattern.Length} characters");
        try
        {
            return new Regex(
                $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking,
                TimeSpan.FromSeconds(1));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw Bad($"a regex cannot be read: {e.Message}");
        }
    }

    private static RpcException Bad(string reason) =>
        new(new Status(StatusCode.InvalidArgument, $"{XdsCodes.BadRequest}: {reason}"));
}
