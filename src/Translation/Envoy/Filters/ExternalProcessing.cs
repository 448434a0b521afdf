using Envoy.Extensions.Filters.Http.ExtProc.V3;
using Google.Protobuf;
using Stagedoor.Translation.Validation;
using EnvoyMode = Envoy.Extensions.Filters.Http.ExtProc.V3.ProcessingMode;
using GlooRoute = Solo.Gloo.Options.Extproc.RouteSettings;
using OverrideCase = Solo.Gloo.Options.Extproc.RouteSettings.OverrideOneofCase;
using ProcSettings = Solo.Gloo.Options.Extproc.Settings;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>extProcEarly</c>, <c>extProc</c> and <c>extProcLate</c>: a server of the user's own works on requests and
/// answers. Enterprise-only with Gloo, and a filter of stock Envoy.
/// </summary>
internal sealed class ExternalProcessing : HttpFeature
{
    private const string Name = "envoy.filters.http.ext_proc";
    private const string Early = Name + ".early";
    private const string Late = Name + ".late";
    private const string Fields = "extProcEarly extProc extProcLate";

    public override string ListenerFields => Fields + " disableExtProcEarly disableExtProc disableExtProcLate";

    public override string VirtualHostFields => Fields;

    public override string RouteFields => Fields;

    public override void OnListener(FilterChainScope chain)
    {
        var own = chain.Options;
        var all = chain.View.Settings;
        var early = FilterSlot.Before(FilterStage.Fault);
        Add(chain, Early, own.ExtProcEarly ?? (own.DisableExtProcEarly == true ? null : all.ExtProcEarly), early);
        Add(chain, Name, own.ExtProc ?? (own.DisableExtProc == true ? null : all.ExtProc), null);
        Add(chain, Late, own.ExtProcLate ?? (own.DisableExtProcLate == true ? null : all.ExtProcLate), early);
    }

    public override void OnVirtualHost(VirtualHostScope host)
    {
        var options = host.Options;
        foreach (var (name, input) in new[]
            { (Early, options.ExtProcEarly), (Name, options.ExtProc), (Late, options.ExtProcLate) })
            if (PerRoute(input, host, host.Problems) is { } config)
                host.Configure(name, config);
    }

    public override void OnRoute(RouteScope route)
    {
        var options = route.Options;
        foreach (var (name, input) in new[]
            { (Early, options.ExtProcEarly), (Name, options.ExtProc), (Late, options.ExtProcLate) })
            if (PerRoute(input, route.Host, route.Problems) is { } config)
                route.Configure(name, config);
    }

    private static void Add(FilterChainScope chain, string name, ProcSettings? input, FilterSlot? slot)
    {
        if (input is null) return;
        if (input.GrpcService?.ExtProcServerRef is not { } server)
        {
            chain.Error("extProc.grpcService.extProcServerRef is required", EnvoyCodes.InvalidFilter);
            return;
        }

        var (state, cluster) = chain.Needs.Upstream(server);
        if (!state.IsServed)
            chain.Warn(
                $"extProc: *v1.Upstream {{ {server.Namespace}.{server.Name} }} not found: requests are refused",
                EnvoyCodes.FilterServer);
        if (input.AsyncMode == true)
            chain.Warn("extProc.asyncMode is not in stock Envoy and was left out", EnvoyCodes.UnsupportedOption);
        var output = new ExternalProcessor
        {
            GrpcService = Service(input.GrpcService, cluster),
            FailureModeAllow = state.IsServed && input.FailureModeAllow == true,
            ProcessingMode = Mode(input.ProcessingMode),
            RequestAttributes = { input.RequestAttributes },
            ResponseAttributes = { input.ResponseAttributes },
            MessageTimeout = input.MessageTimeout,
            MaxMessageTimeout = input.MaxMessageTimeout,
            StatPrefix = input.StatPrefix ?? "",
            DisableClearRouteCache = input.DisableClearRouteCache ?? false,
            AllowModeOverride = input.AllowModeOverride ?? false,
            FilterMetadata = input.FilterMetadata is { } metadata ? Structs.Sorted(metadata) : null,
            MetadataOptions = Metadata(input.MetadataContextNamespaces, input.TypedMetadataContextNamespaces),
        };
        if (input.MutationRules is { } rules)
            output.MutationRules = global::Envoy.Config.Common.MutationRules.V3.HeaderMutationRules.Parser
                .ParseFrom(rules.ToByteArray());
        if (input.ForwardRules is { } forward)
            output.ForwardRules = HeaderForwardingRules.Parser.ParseFrom(forward.ToByteArray());
        var violations = MessageValidator.Validate(output);
        foreach (var violation in violations) chain.Error($"extProc: {violation}", EnvoyCodes.InvalidFilter);
        if (violations.Count > 0) return;
        if (name == Late) chain.Upstream.Add(slot!.Value, name, AnyTypes.Pack(output));
        else
            chain.Add(
                slot ?? (input.FilterStage is { } stage
                    ? FilterSlot.Of(stage)
                    : FilterSlot.During(FilterStage.Fault)),
                name, output);
    }

    private static ExtProcPerRoute? PerRoute(GlooRoute? input, VirtualHostScope host, List<Problem> problems)
    {
        switch (input?.OverrideCase)
        {
            case OverrideCase.Disabled when input.Disabled == true:
                return new ExtProcPerRoute { Disabled = true };
            case OverrideCase.Overrides:
                var own = input.Overrides;
                var output = new ExtProcOverrides
                {
                    ProcessingMode = Mode(own.ProcessingMode),
                    RequestAttributes = { own.RequestAttributes },
                    ResponseAttributes = { own.ResponseAttributes },
                    MetadataOptions = Metadata(own.MetadataContextNamespaces, own.TypedMetadataContextNamespaces),
                };
                if (own.GrpcService?.ExtProcServerRef is { } server)
                {
                    var key = Api.ResourceKey.Of(Api.ResourceKinds.Upstream, server.Namespace, server.Name);
                    if (!host.Upstream(key).IsServed)
                        problems.Add(Problem.Warning(
                            EnvoyCodes.FilterServer,
                            $"extProc: *v1.Upstream {{ {key.Namespace}.{key.Name} }} not found: requests are refused"));
                    output.GrpcService = Service(own.GrpcService, EnvoyNames.Cluster(key));
                }

                return new ExtProcPerRoute { Overrides = output };
            default:
                return null;
        }
    }

    private static EnvoyMode? Mode(Solo.Envoy.Extensions.Filters.Http.ExtProc.V3.ProcessingMode? input) =>
        input is null ? null : EnvoyMode.Parser.ParseFrom(input.ToByteArray());

    private static MetadataOptions? Metadata(IEnumerable<string> untyped, IEnumerable<string> typed)
    {
        var names = new MetadataOptions.Types.MetadataNamespaces { Untyped = { untyped }, Typed = { typed } };
        return names.CalculateSize() == 0 ? null : new MetadataOptions { ForwardingNamespaces = names };
    }

    private static EnvoyCore.GrpcService Service(Solo.Gloo.Options.Extproc.GrpcService input, string cluster)
    {
        var output = new EnvoyCore.GrpcService
        {
            Timeout = input.Timeout,
            EnvoyGrpc = new EnvoyCore.GrpcService.Types.EnvoyGrpc
            {
                ClusterName = cluster,
                Authority = input.Authority ?? "",
            },
        };
        if (input.RetryPolicy is { } policy)
            output.EnvoyGrpc.RetryPolicy = EnvoyCore.RetryPolicy.Parser.ParseFrom(policy.ToByteArray());
        foreach (var header in input.InitialMetadata)
            output.InitialMetadata.Add(new EnvoyCore.HeaderValue { Key = header.Key, Value = header.Value });
        return output;
    }
}
