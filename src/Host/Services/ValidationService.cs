using System.Threading.Channels;
using Grpc.Core;
using Solo.Gloo;
using Stagedoor.Api;
using Stagedoor.Translation.ProxyValidation;
using SettingsObject = Stagedoor.Translation.Gateway.SettingsObject;

namespace Stagedoor.Host.Services;

/// <summary>
/// Gloo's proxy validation service (infrastructure 2.1): what would become of Proxies if Upstreams or Secrets changed.
/// Works on a copy of the view; nothing that is served changes.
/// </summary>
internal sealed class ValidationService(Catalog catalog, ValidationPace pace)
    : GlooValidationService.GlooValidationServiceBase
{
    private static readonly HashSet<string> Ignored =
    [
        ResourceKinds.Endpoints.Kind, ResourceKinds.EndpointSlice.Kind, ResourceKinds.ConfigMap.Kind,
        ResourceKinds.Namespace.Kind,
    ];

    /// <inheritdoc/>
    public override async Task<GlooValidationServiceResponse> Validate(
        GlooValidationServiceRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var view = catalog.Current;
        if (!view.IsSynced)
        {
            throw new RpcException(new Status(
                StatusCode.Unavailable, "validation was called before resources were received"));
        }

        if (MaxSize(view) is { } limit && request.CalculateSize() > limit)
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted,
                $"the request is larger than validationServerGrpcMaxSizeBytes ({limit}) of the Settings"));
        }

        return await pace.RunAsync(() => Answer(view, request), context.CancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task NotifyOnResync(
        NotifyOnResyncRequest request, IServerStreamWriter<NotifyOnResyncResponse> responseStream,
        ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(responseStream);
        ArgumentNullException.ThrowIfNull(context);

        // One slot: who is slow is told once of what happened meanwhile.
        var signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
        {
            FullMode = BoundedChannelFullMode.DropWrite,
        });
        var started = false;
        using var subscription = catalog.Subscribe(change =>
        {
            if (started && change.Changed.All(key => Ignored.Contains(key.Kind))) return;
            started = true;
            signals.Writer.TryWrite(true);
        });
        await foreach (var _ in signals.Reader.ReadAllAsync(context.CancellationToken).ConfigureAwait(false))
        {
            await responseStream.WriteAsync(new NotifyOnResyncResponse(), context.CancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static GlooValidationServiceResponse Answer(CatalogView view, GlooValidationServiceRequest request)
    {
        var response = new GlooValidationServiceResponse();
        var asked = Changed(view, request);
        foreach (var verdict in ProxyValidator.Validate(asked, request.Proxy))
        {
            var report = new ValidationReport { ProxyReport = verdict.Report, Proxy = verdict.Proxy };
            report.UpstreamReports.AddRange(verdict.Upstreams.Select(OfUpstream));
            response.ValidationReports.Add(report);
        }

        return response;
    }

    private static CatalogView Changed(CatalogView view, GlooValidationServiceRequest request)
    {
        try
        {
            return request.ResourcesCase switch
            {
                GlooValidationServiceRequest.ResourcesOneofCase.ModifiedResources =>
                    ChangedView.WithUpstreams(view, request.ModifiedResources.Upstreams),
                GlooValidationServiceRequest.ResourcesOneofCase.DeletedResources => ChangedView.Without(
                    view, request.DeletedResources.UpstreamRefs, request.DeletedResources.SecretRefs),
                _ => view,
            };
        }
        catch (ArgumentException e)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, e.Message));
        }
    }

    /// <summary>Errors of Upstreams are warnings: a bad one never blocks a Proxy (envoy-translation 1.7).</summary>
    private static Solo.Gloo.ResourceReport OfUpstream(Api.ResourceReport report)
    {
        var result = new Solo.Gloo.ResourceReport
        {
            ResourceRef = new Solo.Core.ResourceRef
            {
                Name = report.Resource.Name,
                Namespace = report.Resource.Namespace,
            },
        };
        result.Warnings.AddRange(report.Diagnostics
            .Where(diagnostic => diagnostic.Severity != Severity.Info)
            .Select(diagnostic => diagnostic.Message));
        return result;
    }

    private static int? MaxSize(CatalogView view) =>
        SettingsObject.Read(view).Gateway?.Validation?.ValidationServerGrpcMaxSizeBytes is { } size and > 0
            ? size
            : null;
}
