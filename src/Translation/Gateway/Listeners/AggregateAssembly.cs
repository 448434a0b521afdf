using System.Globalization;
using System.IO.Hashing;
using Google.Protobuf;
using Solo.Gloo;

namespace Stagedoor.Translation.Gateway;

/// <summary>Builds an AggregateListener: filter chains that refer to virtual hosts and options by name (1.6).</summary>
internal sealed class AggregateAssembly
{
    private static readonly HttpListenerOptions NoOptions = new();

    private readonly HashSet<Matcher> _matchers = [];

    /// <summary>What was added.</summary>
    public AggregateListener Result { get; } = new() { HttpResources = new AggregateListener.Types.HttpResources() };

    /// <summary>Whether there is neither a chain nor a TCP listener.</summary>
    public bool IsEmpty => Result.HttpFilterChains.Count == 0 && Result.TcpListeners.Count == 0;

    /// <summary>Adds a TCP part.</summary>
    public void AddTcp(Matcher? matcher, TcpListener tcp) =>
        Result.TcpListeners.Add(new MatchedTcpListener { Matcher = matcher, TcpListener = tcp });

    /// <summary>Adds the chains of an HTTP part; false if one of them matches just what an earlier one does.</summary>
    public bool AddHttp(SubGateway part)
    {
        var fresh = true;
        var options = OptionsReference(part.Options ?? NoOptions);
        foreach (var group in part.Set!.Groups)
        {
            var matcher = MatcherOf(part.Matcher, group);
            if (matcher is not null && !_matchers.Add(matcher))
            {
                fresh = false;
                continue;
            }

            var chain = new AggregateListener.Types.HttpFilterChain { Matcher = matcher, HttpOptionsRef = options };
            foreach (var host in group.Hosts()) chain.VirtualHostRefs.Add(HostReference(host));
            Result.HttpFilterChains.Add(chain);
        }

        return fresh;
    }

    /// <summary>
    /// The Gateway's matcher; for a group of one sslConfig with that, filled from the Gateway's.
    /// </summary>
    private static Matcher? MatcherOf(Matcher? gateway, HostGroup group)
    {
        if (group.Key.Order.Length == 0) return gateway;
        var ssl = SslGroups.Join(
            group.Members.Where(member => member.Host is not null).Select(member => member.Piece.Ssl!));
        var matcher = gateway is null ? new Matcher() : ShallowMerge.ShallowCopy(gateway);
        matcher.SslConfig = DeepMerge.Of(ssl, gateway?.SslConfig, preventChildOverrides: false);
        return matcher;
    }

    private string OptionsReference(HttpListenerOptions options)
    {
        var hash = unchecked((long)XxHash64.HashToUInt64(options.ToByteArray()));
        var reference = hash.ToString(CultureInfo.InvariantCulture);
        Result.HttpResources.HttpOptions[reference] = options;
        return reference;
    }

    /// <summary>
    /// The virtual host's name. Chains that serve it with other domains, because of a conflict in one of them, get a
    /// copy of their own.
    /// </summary>
    private string HostReference(VirtualHost host)
    {
        var hosts = Result.HttpResources.VirtualHosts;
        var reference = host.Name;
        for (var n = 2; hosts.TryGetValue(reference, out var known) && !ReferenceEquals(known, host); n++)
            reference = $"{host.Name}~{n}";
        hosts[reference] = host;
        return reference;
    }
}
