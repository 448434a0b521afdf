using Envoy.Extensions.TransportSockets.Tls.V3;
using Stagedoor.Translation.Validation;
using Policy = Envoy.Extensions.TransportSockets.Tls.V3.DownstreamTlsContext.Types.OcspStaplePolicy;

namespace Stagedoor.Translation.Envoy;

/// <summary>TLS from clients to the proxy (envoy-translation 10.3).</summary>
internal static class DownstreamTls
{
    private const string Name = "envoy.transport_sockets.tls";

    // Longest name of a protocol (RFC 7301).
    private const int MaxAlpn = 255;

    /// <summary>The socket; null if it cannot be made, and the scope says why.</summary>
    public static EnvoyCore.TransportSocket? Of(GlooV1.SslConfig config, TlsScope scope)
    {
        var isOneWay = config.OneWayTls == true;
        var common = new CommonTlsContext { TlsParams = TlsParameterChecks.Of(config.Parameters, scope) };
        var parts = TlsSources.Apply(
            TlsSource.Of(config), config.VerifySubjectAltName, isOneWay ? TlsParts.Authorities : TlsParts.None, common,
            scope);
        if (!parts.HasFlag(TlsParts.Certificate) && !scope.IsBroken)
            scope.Fail(EnvoyCodes.InvalidTls, "no certificate information found");
        Alpn(config, common, scope);
        var policy = (Policy)(int)config.OcspStaplePolicy;
        if (policy == Policy.MustStaple && !parts.HasFlag(TlsParts.Staple) && !scope.IsBroken)
            scope.Fail(EnvoyCodes.InvalidTls, "ocspStaplePolicy MUST_STAPLE needs an OCSP staple");
        if (scope.IsBroken) return null;
        var context = new DownstreamTlsContext
        {
            CommonTlsContext = common,
            RequireClientCertificate = parts.HasFlag(TlsParts.Authorities) ? !isOneWay : null,
            OcspStaplePolicy = policy,
        };
        if (config.DisableTlsSessionResumption is { } disable) context.DisableStatelessSessionResumption = disable;
        return new EnvoyCore.TransportSocket { Name = Name, TypedConfig = AnyTypes.Pack(context) };
    }

    private static void Alpn(GlooV1.SslConfig config, CommonTlsContext common, TlsScope scope)
    {
        if (config.AlpnProtocols.Count == 0)
        {
            common.AlpnProtocols.Add("h2");
            common.AlpnProtocols.Add("http/1.1");
            return;
        }

        if (config.AlpnProtocols is ["allow_empty"]) return;
        common.AlpnProtocols.AddRange(config.AlpnProtocols);
        CheckAlpn(config.AlpnProtocols, scope);
    }

    /// <summary>Names that TLS cannot carry.</summary>
    public static void CheckAlpn(IEnumerable<string> protocols, TlsScope scope)
    {
        if (protocols.Any(name => name.Length is 0 or > MaxAlpn))
            scope.Fail(EnvoyCodes.InvalidTls, $"alpnProtocols: a name must have 1 to {MaxAlpn} characters");
    }
}
