using Envoy.Extensions.Filters.Http.ExtAuthz.V3;
using Google.Protobuf.WellKnownTypes;
using AuthSettings = Solo.Gloo.Enterprise.Settings;
using GlooHttpService = Solo.Gloo.Enterprise.HttpService;
using ServiceCase = Solo.Gloo.Enterprise.Settings.ServiceTypeOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary>How the server of <c>extauth</c> is asked (envoy-translation 9.1).</summary>
internal static class ExternalAuthServer
{
    private const uint DefaultMaxBody = 4096;

    private static readonly Duration DefaultTimeout = new() { Nanos = 200_000_000 };

    /// <summary>The filter's configuration; problems mean that it must not be served.</summary>
    public static ExtAuthz Config(AuthSettings settings, string cluster, uint maxProgramSize, List<Problem> problems)
    {
        var timeout = settings.RequestTimeout ?? DefaultTimeout;
        if (!Durations.IsPositive(timeout)) Error(problems, "requestTimeout must be greater than 0");
        var output = new ExtAuthz
        {
            FailureModeAllow = settings.FailureModeAllow,
            ClearRouteCache = settings.ClearRouteCache,
            StatPrefix = settings.StatPrefix,
            TransportApiVersion = EnvoyCore.ApiVersion.V3,
            MetadataContextNamespaces = { "envoy.filters.http.jwt_authn" },
        };
        if (settings.ServiceTypeCase == ServiceCase.HttpService)
            output.HttpService = Http(settings.HttpService, cluster, timeout, maxProgramSize, problems);
        else
        {
            output.GrpcService = new EnvoyCore.GrpcService
            {
                Timeout = timeout,
                EnvoyGrpc = new EnvoyCore.GrpcService.Types.EnvoyGrpc
                {
                    ClusterName = cluster,
                    Authority = settings.GrpcService?.Authority ?? "",
                },
            };
        }

        if (settings.RequestBody is { } body)
        {
            output.WithRequestBody = new BufferSettings
            {
                MaxRequestBytes = body.MaxRequestBytes == 0 ? DefaultMaxBody : body.MaxRequestBytes,
                AllowPartialMessage = body.AllowPartialMessage,
                PackAsBytes = body.PackAsBytes,
            };
        }

        if (settings.StatusOnError == 0) return output;
        var code = (EnvoyType.StatusCode)settings.StatusOnError;
        if (!System.Enum.IsDefined(code)) Error(problems, "statusOnError is not an HTTP status");
        output.StatusOnError = new EnvoyType.HttpStatus { Code = code };
        return output;
    }

    private static HttpService Http(
        GlooHttpService input, string cluster, Duration timeout, uint maxProgramSize, List<Problem> problems)
    {
        var prefix = input.PathPrefix.EndsWith('/') ? input.PathPrefix[..^1] : input.PathPrefix;
        if (prefix.Length > 0 && prefix[0] != '/') Error(problems, "httpService.pathPrefix must start with '/'");
        return new HttpService
        {
            ServerUri = new EnvoyCore.HttpUri
            {
                Uri = "http://not-used.example.com/",
                Cluster = cluster,
                Timeout = timeout,
            },
            PathPrefix = prefix,
            AuthorizationRequest = input.Request is { } request ? Request(request, maxProgramSize, problems) : null,
            AuthorizationResponse = input.Response is { } response
                ? new AuthorizationResponse
                {
                    AllowedUpstreamHeaders = StringMatchers.Exact(response.AllowedUpstreamHeaders),
                    AllowedClientHeaders = StringMatchers.Exact(response.AllowedClientHeaders),
                    AllowedUpstreamHeadersToAppend = StringMatchers.Exact(response.AllowedUpstreamHeadersToAppend),
                }
                : null,
        };
    }

    private static AuthorizationRequest Request(
        GlooHttpService.Types.Request input, uint maxProgramSize, List<Problem> problems)
    {
        var output = new AuthorizationRequest { AllowedHeaders = StringMatchers.Exact(input.AllowedHeaders) };
        foreach (var regex in input.AllowedHeadersRegex)
        {
            output.AllowedHeaders ??= new EnvoyMatcher.ListStringMatcher();
            output.AllowedHeaders.Patterns.Add(StringMatchers.Regex(regex, maxProgramSize, problems));
        }

        foreach (var (name, value) in input.HeadersToAdd.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if ((HeaderChecks.CheckName(name) ?? HeaderChecks.CheckValue(value)) is { } why)
                Error(problems, $"httpService.request.headersToAdd: {why}");
            output.HeadersToAdd.Add(new EnvoyCore.HeaderValue { Key = name, Value = value });
        }

        return output;
    }

    private static void Error(List<Problem> problems, string reason) =>
        problems.Add(Problem.Error(EnvoyCodes.InvalidFilter, $"extauth.{reason}"));
}
