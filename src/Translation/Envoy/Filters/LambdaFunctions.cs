using System.Text.RegularExpressions;
using Envoy.Extensions.Filters.Http.AwsLambda.V3;
using GlooDestination = Solo.Gloo.Options.Aws.DestinationSpec;
using GlooLambda = Solo.Gloo.Options.Aws.UpstreamSpec;
using GlooStyle = Solo.Gloo.Options.Aws.DestinationSpec.Types.InvocationStyle;
using GlooTransformation = Solo.Gloo.Options.Transformation.Transformation;
using HeaderBody = Solo.Gloo.Options.Transformation.HeaderBodyTransform;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Destinations that are Lambda functions (envoy-translation 9.12), by the filter of stock Envoy. Requests and answers
/// are wrapped and unwrapped as Gloo does it, by a script, so the filter passes payloads as they are.
/// </summary>
internal sealed partial class LambdaFunctions : HttpFeature
{
    private const string Name = "envoy.filters.http.aws_lambda";

    /// <summary>Stands in the filter of the listener, which insists on a function; no route uses it.</summary>
    private const string None = "arn:aws:lambda:us-east-1:000000000000:function:none";

    public override void OnListener(FilterChainScope chain)
    {
        if (chain.IsUsed(Name))
            chain.Add(FilterSlot.During(FilterStage.OutAuth), Name, new Config { Arn = None });
    }

    public override void OnDestination(DestinationScope destination)
    {
        var spec = destination.Input.DestinationSpec?.Aws;
        if (destination.Upstream.Upstream is not { } upstream) return;
        if (upstream.Aws is not { } aws)
        {
            if (spec is not null) destination.Error("destinationSpec.aws: the Upstream is not of type aws");
            return;
        }

        var isFallback = destination.Route.Host.View.Settings.Gloo?.AwsOptions?.FallbackToFirstFunction == true;
        if (spec is null && !isFallback)
        {
            destination.Disable(Name);
            return;
        }

        Function(destination, aws, Merged(spec, aws.DestinationOverrides));
    }

    private static void Function(DestinationScope destination, GlooLambda aws, GlooDestination spec)
    {
        if (spec.WrapAsApiGateway)
        {
            destination.Problems.Add(EnterpriseFields.Of("aws"));
            return;
        }

        if (spec.UnwrapAsAlb && spec.UnwrapAsApiGateway)
            destination.Error("destinationSpec.aws: unwrapAsAlb and unwrapAsApiGateway exclude each other");
        var function = aws.LambdaFunctions.FirstOrDefault(function => function.LogicalName == spec.LogicalName)
            ?? (spec.LogicalName.Length == 0 && aws.LambdaFunctions.Count > 0 ? aws.LambdaFunctions[0] : null);
        if (function is null)
        {
            destination.Error($"destinationSpec.aws: the Upstream has no function '{spec.LogicalName}'");
            return;
        }

        if (!Account().IsMatch(aws.AwsAccountId))
            destination.Error("destinationSpec.aws: stock Envoy needs aws.awsAccountId of the Upstream, 12 digits");
        if (!FunctionName().IsMatch(function.LambdaFunctionName) || !Qualifier().IsMatch(function.Qualifier))
            destination.Error(
                $"destinationSpec.aws: function '{function.LogicalName}' has an invalid name or qualifier");
        destination.Configure(Name, new PerRouteConfig
        {
            InvokeConfig = new Config
            {
                Arn = $"arn:aws:lambda:{aws.Region}:{aws.AwsAccountId}:function:{function.LambdaFunctionName}"
                    + (function.Qualifier.Length > 0 ? ":" + function.Qualifier : ""),
                PayloadPassthrough = true,
                InvocationMode = spec.InvocationStyle == GlooStyle.Async
                    ? Config.Types.InvocationMode.Asynchronous
                    : Config.Types.InvocationMode.Synchronous,
                HostRewrite = LambdaUpstream.HostOf(aws),
                Credentials = LambdaUpstream.CredentialsOf(aws, destination.Route.Host.View, destination.Problems),
            },
        });
        var unwraps = spec.UnwrapAsAlb || spec.UnwrapAsApiGateway || spec.ResponseTransformation;
        if (!spec.RequestTransformation && !unwraps) return;
        var request = spec.RequestTransformation
            ? new GlooTransformation { HeaderBodyTransform = new HeaderBody { AddRequestMetadata = true } }
            : null;
        FunctionScripts.Configure(destination, request, null, unwraps);
    }

    // The Upstream fills what the destination leaves open.
    private static GlooDestination Merged(GlooDestination? spec, GlooDestination? overrides)
    {
        var merged = spec?.Clone() ?? new GlooDestination();
        if (overrides is null) return merged;
        if (merged.LogicalName.Length == 0) merged.LogicalName = overrides.LogicalName;
        if (merged.InvocationStyle == GlooStyle.Sync) merged.InvocationStyle = overrides.InvocationStyle;
        merged.RequestTransformation |= overrides.RequestTransformation;
        merged.ResponseTransformation |= overrides.ResponseTransformation;
        merged.UnwrapAsAlb |= overrides.UnwrapAsAlb;
        merged.UnwrapAsApiGateway |= overrides.UnwrapAsApiGateway;
        merged.WrapAsApiGateway |= overrides.WrapAsApiGateway;
        return merged;
    }

    [GeneratedRegex("^[0-9]{12}$")]
    private static partial Regex Account();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,140}$")]
    private static partial Regex FunctionName();

    [GeneratedRegex("^[A-Za-z0-9$_-]{0,128}$")]
    private static partial Regex Qualifier();
}
