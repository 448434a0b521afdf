using System.Globalization;
using Google.Protobuf;
using Stagedoor.Api;
using Stagedoor.Api.Core;
using Stagedoor.Translation.Gateway;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// What the annotations of a Service, or the Settings' <c>upstreamOptions.globalAnnotations</c>, say of its Upstreams:
/// TLS and any other field (envoy-translation 7.2).
/// </summary>
internal static class ServiceAnnotations
{
    private const string Ssl = "gloo.solo.io/sslService.";
    private const string Config = "gloo.solo.io/upstream_config";

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>
    /// The Upstream with what the annotations say; what cannot be read is an error, as it may protect.
    /// </summary>
    public static GlooV1.Upstream Apply(
        GlooV1.Upstream upstream, Resource service, ServicePort port, GlooV1.Settings settings,
        List<Problem> problems)
    {
        var annotations = service.Metadata.Annotations;
        if (Tls(service, port) is { } ssl) upstream.SslConfig = ssl;
        var global = settings.UpstreamOptions?.GlobalAnnotations;
        var isGlobal = !annotations.ContainsKey(Config);
        var json = Value(Config);
        if (string.IsNullOrEmpty(json)) return upstream;
        try
        {
            var config = Parser.Parse<GlooV1.Upstream>(json);
            config.Metadata = null;
            config.NamespacedStatuses = null;
            return Value(Config + ".deep_merge") == "true"
                ? DeepMerge.Of(config, upstream, false)!
                : ShallowMerge.Of(config, upstream)!;
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidJsonException)
        {
            problems.Add(Problem.Error(
                EnvoyCodes.InvalidUpstream,
                $"annotation {Config} of {(isGlobal ? "the Settings" : "the Service")} is not an Upstream in JSON"));
            return upstream;
        }

        string? Value(string name) =>
            annotations.GetValueOrDefault(name)
                ?? (global is not null && global.TryGetValue(name, out var value) ? value : null);
    }

    private static GlooV1.UpstreamSslConfig? Tls(Resource service, ServicePort port)
    {
        var secret = Of("secret");
        var (certificate, key, root) = (Of("tlsCert"), Of("tlsKey"), Of("rootCa"));
        if (secret is null && certificate is null && key is null && root is null) return null;
        var config = new GlooV1.UpstreamSslConfig();
        if (bool.TryParse(Of("oneWayTls"), out var isOneWay)) config.OneWayTls = isOneWay;
        if (secret is not null)
        {
            config.SecretRef = new Solo.Core.ResourceRef { Name = secret, Namespace = service.Key.Namespace };
        }
        else
        {
            config.SslFiles = new GlooV1.SSLFiles
            {
                TlsCert = certificate ?? "",
                TlsKey = key ?? "",
                RootCa = root ?? "",
            };
        }

        return config;

        // "443:value" is for that port only.
        string? Of(string name)
        {
            if (service.Metadata.Annotations.GetValueOrDefault(Ssl + name) is not { Length: > 0 } value) return null;
            var colon = value.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !int.TryParse(value[..colon], CultureInfo.InvariantCulture, out var own)) return value;
            return own == port.Port ? value[(colon + 1)..] : null;
        }
    }
}
