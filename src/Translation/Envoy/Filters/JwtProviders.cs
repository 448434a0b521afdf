using Envoy.Extensions.Filters.Http.JwtAuthn.V3;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Translation.Validation;
using GlooExtension = Solo.Gloo.Options.Jwt.VhostExtension;
using GlooProvider = Solo.Gloo.Options.Jwt.Provider;
using JwksCase = Solo.Gloo.Options.Jwt.Jwks.JwksOneofCase;
using Policy = Solo.Gloo.Options.Jwt.VhostExtension.Types.ValidationPolicy;

namespace Stagedoor.Translation.Envoy;

/// <summary>Providers of tokens and what is required of them, as Envoy has it.</summary>
internal static class JwtProviders
{
    /// <summary>
    /// Adds the providers and the requirement of one owner; problems mean that they must not be served.
    /// </summary>
    /// <param name="owner">Name of the virtual host or route.</param>
    /// <param name="input">Its providers.</param>
    /// <param name="upstream">Tells the cluster of an Upstream with keys.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="problems">Where to report.</param>
    public static void Add(
        string owner, GlooExtension input, Func<Solo.Core.ResourceRef, string> upstream, JwtAuthentication output,
        List<Problem> problems)
    {
        if (input.Providers.Count == 0) Error(problems, "providers must not be empty");
        var names = new List<JwtRequirement>();
        foreach (var (name, provider) in input.Providers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var id = JwtPolicies.ProviderOf(owner, name);
            output.Providers[id] = Provider(id, name, provider, upstream, problems);
            names.Add(new JwtRequirement { ProviderName = id });
        }

        var policy = input.AllowMissingOrFailedJwt ? Policy.AllowMissingOrFailed : input.ValidationPolicy;
        if (policy == Policy.AllowMissing) names.Add(new JwtRequirement { AllowMissing = new Empty() });
        if (policy == Policy.AllowMissingOrFailed) names.Add(new JwtRequirement { AllowMissingOrFailed = new Empty() });
        output.RequirementMap[owner] = names.Count == 1
            ? names[0]
            : new JwtRequirement { RequiresAny = new JwtRequirementOrList { Requirements = { names } } };
    }

    private static JwtProvider Provider(
        string id, string name, GlooProvider input, Func<Solo.Core.ResourceRef, string> upstream,
        List<Problem> problems)
    {
        var output = new JwtProvider
        {
            Issuer = input.Issuer,
            Audiences = { input.Audiences },
            Forward = input.KeepToken,
            PayloadInMetadata = id,
            FailedStatusInMetadata = input.AttachFailedStatusToMetadata,
            FromParams = { input.TokenSource?.QueryParams ?? [] },
        };
        if (input.ClockSkewSeconds is { } skew) output.ClockSkewSeconds = skew;
        foreach (var header in input.TokenSource?.Headers ?? [])
            output.FromHeaders.Add(new JwtHeader { Name = header.Header, ValuePrefix = header.Prefix });
        foreach (var claim in input.ClaimsToHeaders)
        {
            if (HeaderChecks.CheckName(claim.Header) is { } why) Error(problems, $"{name}.claimsToHeaders: {why}");
            output.ClaimToHeaders.Add(new JwtClaimToHeader { ClaimName = claim.Claim, HeaderName = claim.Header });
        }

        Keys(name, input, upstream, output, problems);
        foreach (var violation in MessageValidator.Validate(output)) Error(problems, $"{name}: {violation}");
        return output;
    }

    private static void Keys(
        string name, GlooProvider input, Func<Solo.Core.ResourceRef, string> upstream, JwtProvider output,
        List<Problem> problems)
    {
        switch (input.Jwks?.JwksCase)
        {
            case JwksCase.Local when JwtKeys.SetOf(input.Jwks.Local.Key) is { } set:
                output.LocalJwks = new EnvoyCore.DataSource { InlineString = set };
                break;
            case JwksCase.Local:
                Error(problems, $"{name}.jwks.local.key is neither a JSON web key, a set of them, nor a public key");
                break;
            case JwksCase.Remote when input.Jwks.Remote is { UpstreamRef: { } server } remote:
                output.RemoteJwks = new RemoteJwks
                {
                    HttpUri = new EnvoyCore.HttpUri
                    {
                        Uri = remote.Url,
                        Cluster = upstream(server),
                        Timeout = Durations.Seconds(5),
                    },
                    CacheDuration = remote.CacheDuration,
                    AsyncFetch = remote.AsyncFetch is { } fetch
                        ? new JwksAsyncFetch { FastListener = fetch.FastListener }
                        : null,
                };
                break;
            default:
                Error(problems, $"{name}.jwks needs local.key, or remote with url and upstreamRef");
                break;
        }
    }

    private static void Error(List<Problem> problems, string reason) =>
        problems.Add(Problem.Error(EnvoyCodes.InvalidFilter, $"jwt.providers: {reason}"));
}
