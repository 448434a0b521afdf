using System.Globalization;
using Stagedoor.Api;
using Stagedoor.Translation.Validation;

namespace Stagedoor.Translation.Envoy;

/// <summary>A Gloo route as Envoy routes, one for each matcher (envoy-translation 4).</summary>
internal static class RouteTranslator
{
    private static readonly GlooV1.Core.Matchers.Matcher Everything = new() { Prefix = "/" };

    /// <summary>
    /// Adds the routes to the virtual host. A route with an error answers 500; a matcher that cannot be expressed
    /// leaves
    /// its route out.
    /// </summary>
    public static void Translate(GlooV1.Route input, int index, VirtualHostScope host)
    {
        var stem = string.Create(
            CultureInfo.InvariantCulture,
            $"{host.Output.Name}-route-{index}{(input.Name.Length > 0 ? "-" + input.Name : "")}-matcher-");
        var scope = new RouteScope(
            input, stem + "0", string.Create(CultureInfo.InvariantCulture, $"{host.Field}.routes[{index}]"), host)
        {
            Index = index,
        };
        RouteActions.Apply(scope);
        RouteOptions.Apply(scope);
        if (!scope.IsClosed)
            foreach (var violation in MessageValidator.Validate(scope.Output))
                if (violation.Path != "match")
                    scope.Error($"Envoy would reject the route: {violation}", EnvoyCodes.RejectedByRule);
        var output = scope.IsClosed ? DirectResponses.Closed() : scope.Output;
        if (input.Matchers.Count == 0) Add(scope, output, Everything, "");
        for (var i = 0; i < input.Matchers.Count; i++)
            Add(scope, output, input.Matchers[i], stem + i.ToString(CultureInfo.InvariantCulture));
        scope.Report();
    }

    private static void Add(
        RouteScope scope, EnvoyRoute.Route template, GlooV1.Core.Matchers.Matcher matcher, string name)
    {
        var problems = new List<Problem>();
        var match = RouteMatchers.Translate(matcher, RegexLimit.Of(scope.Host.View.Settings), problems);
        if (scope.Host.Http.IsKube) RouteMatchers.BySegments(match);
        if (problems.Count == 0)
        {
            foreach (var violation in MessageValidator.Validate(match))
                problems.Add(Problem.Error(EnvoyCodes.InvalidMatcher, $"Envoy would reject the matcher: {violation}"));
        }

        scope.Problems.AddRange(problems);
        if (problems.Exists(problem => problem.Severity == Severity.Error)) return;
        var route = scope.Input.Matchers.Count > 1 ? template.Clone() : template;
        route.Match = match;
        route.Name = name;
        scope.Host.Output.Routes.Add(route);
    }
}
