using System.Text;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Api;
using Stagedoor.Api.Core;
using Credentials = Envoy.Extensions.Filters.Http.AwsLambda.V3.Credentials;
using GlooLambda = Solo.Gloo.Options.Aws.UpstreamSpec;

namespace Stagedoor.Translation.Envoy;

/// <summary>Upstreams of type <c>aws</c>: the Lambda functions of a region (envoy-translation 9.12).</summary>
internal static class LambdaUpstream
{
    public static void Apply(ClusterScope cluster, GlooLambda input)
    {
        if (!CloudHost.IsLabel(input.Region)) cluster.Error("aws.region is required");
        var options = cluster.View.Settings.Gloo?.AwsOptions;
        if (input.SecretRef is not null)
            CredentialsOf(input, cluster.View, cluster.Problems);
        else if (options?.EnableCredentialsDiscovey != true && options?.ServiceAccountCredentials is null)
            cluster.Error("no AWS credentials: set aws.secretRef, or enableCredentialsDiscovey in the Settings");
        if (input.RoleArn.Length > 0)
            cluster.Error(
                "aws.roleArn: the Lambda filter of stock Envoy assumes no role", EnvoyCodes.UnsupportedUpstream);
        CloudHost.Apply(cluster, HostOf(input));

        // Envoy's filter acts on requests to such clusters only.
        var gateway = new Struct { Fields = { ["egress_gateway"] = Value.ForBool(true) } };
        cluster.Output.Metadata.FilterMetadata["com.amazonaws.lambda"] = gateway;
    }

    /// <summary>The host of a region.</summary>
    public static string HostOf(GlooLambda input) => $"lambda.{input.Region}.amazonaws.com";

    /// <summary>
    /// The keys of the Upstream's Secret; null if it names none, or none that is fit, which is reported.
    /// </summary>
    public static Credentials? CredentialsOf(GlooLambda input, TrackedView view, List<Problem> problems)
    {
        if (input.SecretRef is not { } reference) return null;
        var secret = view.Find<Secret>(ResourceKinds.Secret, reference.Namespace, reference.Name);
        if (secret is null || !TryText(secret, "aws_access_key_id", out var access)
            || !TryText(secret, "aws_secret_access_key", out var key))
        {
            problems.Add(Problem.Error(
                EnvoyCodes.InvalidUpstream,
                $"Secret {reference.Namespace}.{reference.Name} is not a secret of AWS credentials"));
            return null;
        }

        TryText(secret, "aws_session_token", out var token);
        return new Credentials { AccessKeyId = access, SecretAccessKey = key, SessionToken = token };
    }

    private static bool TryText(Secret secret, string name, out string text)
    {
        text = "";
        if (!secret.Data.TryGetValue(name, out var bytes)) return false;
        try
        {
            text = new UTF8Encoding(false, true).GetString(bytes.Span);
            return text.Length > 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
