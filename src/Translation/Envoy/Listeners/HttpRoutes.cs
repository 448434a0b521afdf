namespace Stagedoor.Translation.Envoy;

/// <summary>A route configuration that a filter chain refers to, to be made.</summary>
/// <param name="Name">Its name (envoy-translation 2.2).</param>
/// <param name="Hosts">The virtual hosts in it.</param>
/// <param name="Context">What they have in common.</param>
internal sealed record HttpRoutes(string Name, IReadOnlyList<GlooV1.VirtualHost> Hosts, HttpContext Context);
