namespace Stagedoor.Host.Envoys;

/// <summary>The files of one supervised Envoy, all under <c>--data/envoy</c>, which only its owner may read.</summary>
internal sealed class EnvoyFiles
{
    private readonly string _stem;

    /// <summary>Names the files and creates their folder.</summary>
    /// <param name="dataDirectory">The server's data directory.</param>
    /// <param name="proxy">The Proxy, <c>namespace~name</c>.</param>
    public EnvoyFiles(string dataDirectory, string proxy)
    {
        var folder = Path.Combine(dataDirectory, "envoy");
        PrivateDirectory.Create(folder);
        _stem = Path.Combine(folder, Uri.EscapeDataString(proxy));
    }

    /// <summary>Who it is: <see cref="EnvoyRecord"/>.</summary>
    public string Record => _stem + ".json";

    /// <summary>Its bootstrap.</summary>
    public string Bootstrap => _stem + ".yaml";

    /// <summary>Its output. Envoy appends; whoever follows it may cut it.</summary>
    public string Log => _stem + ".log";

    /// <summary>Where Envoy writes the address of its admin.</summary>
    public string AdminAddress => _stem + ".admin";
}
