using Envoy.Extensions.RequestId.Uuid.V3;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Translation.Validation;
using Hcm = Envoy.Extensions.Filters.Network.HttpConnectionManager.V3.HttpConnectionManager;
using Settings = Solo.Gloo.Options.Hcm.HttpConnectionManagerSettings;
using UnderscoresAction = Envoy.Config.Core.V3.HttpProtocolOptions.Types.HeadersWithUnderscoresAction;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>httpConnectionManagerSettings</c> (envoy-translation 3.2). A value that Envoy would refuse is reported and left
/// out.
/// </summary>
internal static class ConnectionManagerSettings
{
    private const string Handled = """
        skipXffAppend via xffNumTrustedHops useRemoteAddress generateRequestId proxy100Continue
        streamIdleTimeout idleTimeout maxRequestHeadersKb requestTimeout requestHeadersTimeout drainTimeout
        delayedCloseTimeout serverName stripAnyHostPort acceptHttp10 defaultHostForHttp10 allowChunkedLength
        enableTrailers properCaseHeaderKeyFormat preserveCaseHeaderKeyFormat forwardClientCertDetails
        setCurrentClientCertDetails preserveExternalRequestId upgrades maxConnectionDuration maxStreamDuration
        maxHeadersCount headersWithUnderscoresAction maxRequestsPerConnection serverHeaderTransformation
        pathWithEscapedSlashesAction codecType mergeSlashes normalizePath uuidRequestIdConfig
        http2ProtocolOptions internalAddressConfig appendXForwardedPort tracing earlyHeaderManipulation
        """;

    public static void Apply(
        GlooV1.HttpListenerOptions? options, Hcm manager, TrackedView view, List<Problem> problems)
    {
        if (options?.HeaderValidationSettings?.DisableHttp1MethodValidation is not null)
        {
            manager.HttpProtocolOptions ??= new EnvoyCore.Http1ProtocolOptions();
            manager.HttpProtocolOptions.AllowCustomMethods = true;
        }

        if (options?.HttpConnectionManagerSettings is not { } settings) return;
        OptionGuard.Check(settings, Handled, problems);
        Addresses(settings, manager, problems);
        Timeouts(settings, manager, problems);
        Paths(settings, manager);
        Headers(settings, manager);
        Http1(settings, manager);
        Http2(settings, manager, problems);
        Common(settings, manager, problems);
        UpgradeTypes(settings, manager, problems);
        EarlyHeaderManipulation.Apply(settings.EarlyHeaderManipulation, manager, view, problems);
    }

    private static void Addresses(Settings settings, Hcm manager, List<Problem> problems)
    {
        manager.UseRemoteAddress = settings.UseRemoteAddress;
        manager.XffNumTrustedHops = settings.XffNumTrustedHops ?? 0;
        manager.SkipXffAppend = settings.SkipXffAppend ?? false;
        manager.AppendXForwardedPort = settings.AppendXForwardedPort ?? false;
        if (settings.InternalAddressConfig is not { } config) return;
        var output = new Hcm.Types.InternalAddressConfig { UnixSockets = config.UnixSockets ?? false };
        foreach (var range in config.CidrRanges)
        {
            if (Cidr.Problem(range.AddressPrefix, range.PrefixLen ?? 0) is { } why)
                Error(problems, $"internalAddressConfig: {why}");
            else output.CidrRanges.Add(
                new EnvoyCore.CidrRange { AddressPrefix = range.AddressPrefix, PrefixLen = range.PrefixLen ?? 0 });
        }

        manager.InternalAddressConfig = output;
    }

    private static void Timeouts(Settings settings, Hcm manager, List<Problem> problems)
    {
        manager.StreamIdleTimeout = Checked(settings.StreamIdleTimeout, "streamIdleTimeout", problems);
        manager.RequestTimeout = Checked(settings.RequestTimeout, "requestTimeout", problems);
        manager.RequestHeadersTimeout = Checked(settings.RequestHeadersTimeout, "requestHeadersTimeout", problems);
        manager.DrainTimeout = Checked(settings.DrainTimeout, "drainTimeout", problems);
        manager.DelayedCloseTimeout = Checked(settings.DelayedCloseTimeout, "delayedCloseTimeout", problems);
    }

    private static void Paths(Settings settings, Hcm manager)
    {
        manager.NormalizePath = settings.NormalizePath ?? true;
        manager.MergeSlashes = settings.MergeSlashes ?? false;
        manager.PathWithEscapedSlashesAction =
            (Hcm.Types.PathWithEscapedSlashesAction)(int)settings.PathWithEscapedSlashesAction;
        if (settings.StripAnyHostPort == true) manager.StripAnyHostPort = true;
    }

    private static void Headers(Settings settings, Hcm manager)
    {
        manager.Via = settings.Via ?? "";
        manager.ServerName = settings.ServerName ?? "";
        manager.GenerateRequestId = settings.GenerateRequestId;
        manager.PreserveExternalRequestId = settings.PreserveExternalRequestId ?? false;
        manager.Proxy100Continue = settings.Proxy100Continue ?? false;
        manager.ServerHeaderTransformation =
            (Hcm.Types.ServerHeaderTransformation)(int)settings.ServerHeaderTransformation;
        manager.ForwardClientCertDetails =
            (Hcm.Types.ForwardClientCertDetails)(int)settings.ForwardClientCertDetails;
        if (settings.SetCurrentClientCertDetails is { } details
            && settings.ForwardClientCertDetails is Settings.Types.ForwardClientCertDetails.AppendForward
                or Settings.Types.ForwardClientCertDetails.SanitizeSet)
        {
            manager.SetCurrentClientCertDetails = new Hcm.Types.SetCurrentClientCertDetails
            {
                Subject = details.Subject,
                Cert = details.Cert ?? false,
                Chain = details.Chain ?? false,
                Dns = details.Dns ?? false,
                Uri = details.Uri ?? false,
            };
        }

        if (settings.UuidRequestIdConfig is { } uuid)
        {
            manager.RequestIdExtension = new EnvoyHcm.RequestIDExtension
            {
                TypedConfig = AnyTypes.Pack(new UuidRequestIdConfig
                {
                    PackTraceReason = uuid.PackTraceReason,
                    UseRequestIdForTraceSampling = uuid.UseRequestIdForTraceSampling,
                }),
            };
        }
    }

    private static void Http1(Settings settings, Hcm manager)
    {
        manager.CodecType = (Hcm.Types.CodecType)(int)settings.CodecType;
        var http1 = manager.HttpProtocolOptions ?? new EnvoyCore.Http1ProtocolOptions();
        var isSet = manager.HttpProtocolOptions is not null;
        if (settings.AcceptHttp10 == true)
        {
            isSet = http1.AcceptHttp10 = true;
            http1.DefaultHostForHttp10 = settings.DefaultHostForHttp10 ?? "";
        }

        if (settings.HeaderFormatCase != Settings.HeaderFormatOneofCase.None)
        {
            isSet = true;
            if (settings.ProperCaseHeaderKeyFormat == true) http1.HeaderKeyFormat = HeaderCase.Proper();
            else if (settings.PreserveCaseHeaderKeyFormat == true) http1.HeaderKeyFormat = HeaderCase.Preserve();
        }

        if (settings.AllowChunkedLength == true) isSet = http1.AllowChunkedLength = true;
        if (settings.EnableTrailers == true) isSet = http1.EnableTrailers = true;
        if (isSet) manager.HttpProtocolOptions = http1;
    }

    private static void Http2(Settings settings, Hcm manager, List<Problem> problems)
    {
        if (settings.Http2ProtocolOptions is not { } http2) return;
        if (http2.InitialStreamWindowSize is < 65535 or > int.MaxValue)
            Error(problems, "http2ProtocolOptions.initialStreamWindowSize must be between 65535 and 2147483647");
        else if (http2.InitialConnectionWindowSize is < 65535 or > int.MaxValue)
            Error(problems, "http2ProtocolOptions.initialConnectionWindowSize must be between 65535 and 2147483647");
        else if (http2.MaxConcurrentStreams is 0 or > int.MaxValue)
            Error(problems, "http2ProtocolOptions.maxConcurrentStreams must be between 1 and 2147483647");
        else
        {
            manager.Http2ProtocolOptions = new EnvoyCore.Http2ProtocolOptions
            {
                InitialStreamWindowSize = http2.InitialStreamWindowSize,
                InitialConnectionWindowSize = http2.InitialConnectionWindowSize,
                MaxConcurrentStreams = http2.MaxConcurrentStreams,
                OverrideStreamErrorOnInvalidHttpMessage = http2.OverrideStreamErrorOnInvalidHttpMessage,
            };
        }
    }

    private static void Common(Settings settings, Hcm manager, List<Problem> problems)
    {
        if (settings.MaxRequestHeadersKb is 0 or > 8192)
            Error(problems, "maxRequestHeadersKb must be between 1 and 8192");
        else manager.MaxRequestHeadersKb = settings.MaxRequestHeadersKb;
        if (settings.MaxHeadersCount is 0) Error(problems, "maxHeadersCount must be at least 1");
        var common = new EnvoyCore.HttpProtocolOptions
        {
            IdleTimeout = Checked(settings.IdleTimeout, "idleTimeout", problems),
            MaxConnectionDuration = Checked(settings.MaxConnectionDuration, "maxConnectionDuration", problems),
            MaxStreamDuration = Checked(settings.MaxStreamDuration, "maxStreamDuration", problems),
            MaxHeadersCount = settings.MaxHeadersCount is 0 ? null : settings.MaxHeadersCount,
            MaxRequestsPerConnection = settings.MaxRequestsPerConnection,
            HeadersWithUnderscoresAction = (UnderscoresAction)(int)settings.HeadersWithUnderscoresAction,
        };
        if (common.CalculateSize() > 0) manager.CommonHttpProtocolOptions = common;
    }

    private static void UpgradeTypes(Settings settings, Hcm manager, List<Problem> problems)
    {
        if (settings.Upgrades.Count == 0) return;
        var upgrades = new List<Hcm.Types.UpgradeConfig>();
        foreach (var upgrade in settings.Upgrades)
        {
            var type = Upgrades.TypeOf(upgrade);
            if (type.Length == 0 || upgrade.ConnectTerminate is not null)
                Error(problems, "upgrades: only websocket and connect are possible on a listener");
            else if (upgrades.Exists(other => other.UpgradeType == type))
                Error(problems, $"upgrades: {type} is listed twice");
            else
                upgrades.Add(
                    new Hcm.Types.UpgradeConfig { UpgradeType = type, Enabled = Upgrades.Spec(upgrade)?.Enabled });
        }

        if (!upgrades.Exists(upgrade => upgrade.UpgradeType == "websocket"))
            upgrades.Add(new Hcm.Types.UpgradeConfig { UpgradeType = "websocket" });
        manager.UpgradeConfigs.Clear();
        manager.UpgradeConfigs.AddRange(upgrades);
    }

    private static Duration? Checked(Duration? duration, string field, List<Problem> problems)
    {
        if (duration is null || Durations.IsValid(duration)) return duration;
        Error(problems, $"{field} must not be negative");
        return null;
    }

    private static void Error(List<Problem> problems, string reason) =>
        problems.Add(Problem.Error(EnvoyCodes.InvalidOption, "httpConnectionManagerSettings." + reason));
}
