using Solo.Gloo;
using Matcher = Solo.Gloo.Core.Matchers.Matcher;

namespace Stagedoor.Translation.Gateway;

/// <summary>What a delegating route hands down to the routes of its RouteTables (gateway-translation 1.7.3).</summary>
/// <param name="Matcher">Its one matcher: a prefix.</param>
/// <param name="Options">Its options, which contain its ancestors'.</param>
/// <param name="InheritsMatchers">Effective <c>inheritableMatchers</c>.</param>
/// <param name="InheritsPath">Effective <c>inheritablePathMatchers</c>.</param>
/// <param name="Name">Its name.</param>
internal sealed record ParentRoute(
    Matcher Matcher, RouteOptions? Options, bool InheritsMatchers, bool InheritsPath, RouteName Name);
