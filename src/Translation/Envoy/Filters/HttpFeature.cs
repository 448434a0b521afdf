namespace Stagedoor.Translation.Envoy;

/// <summary>
/// One feature of HTTP traffic, as a whole in one file named after it. Deleting the file and its line in
/// <see cref="HttpFeatures"/> deletes the feature: its fields are then reported as not supported.
/// </summary>
internal abstract class HttpFeature
{
    /// <summary>JSON names of the fields of HttpListenerOptions that it reads, separated by blanks.</summary>
    public virtual string ListenerFields => "";

    /// <summary>The same of VirtualHostOptions.</summary>
    public virtual string VirtualHostFields => "";

    /// <summary>The same of RouteOptions.</summary>
    public virtual string RouteFields => "";

    /// <summary>The same of WeightedDestinationOptions.</summary>
    public virtual string WeightedFields => "";

    /// <summary>Adds filters to a chain; the routes of the chain were translated before.</summary>
    public virtual void OnListener(FilterChainScope chain)
    {
    }

    /// <summary>Acts on a virtual host, options or not.</summary>
    public virtual void OnVirtualHost(VirtualHostScope host)
    {
    }

    /// <summary>Acts on a route, options or not.</summary>
    public virtual void OnRoute(RouteScope route)
    {
    }

    /// <summary>
    /// Acts on each destination of a route that names Upstreams: the single one or each weighted one.
    /// </summary>
    public virtual void OnDestination(DestinationScope destination)
    {
    }
}
