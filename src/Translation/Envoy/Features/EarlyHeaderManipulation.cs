using Envoy.Config.Common.MutationRules.V3;
using Google.Protobuf.Collections;
using Stagedoor.Translation.Validation;
using EnvoyEarly = Envoy.Extensions.Http.EarlyHeaderMutation.HeaderMutation.V3.HeaderMutation;
using GlooEarly = Solo.Gloo.Options.Headers.EarlyHeaderManipulation;
using Hcm = Envoy.Extensions.Filters.Network.HttpConnectionManager.V3.HttpConnectionManager;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>earlyHeaderManipulation</c>: before anything looks at a request (envoy-translation 3.2).</summary>
internal static class EarlyHeaderManipulation
{
    private const string Name = "http.early_header_mutation.header_mutation";

    public static void Apply(GlooEarly? input, Hcm manager, TrackedView view, List<Problem> problems)
    {
        if (input is null) return;
        var found = new List<Problem>();
        var added = new RepeatedField<EnvoyCore.HeaderValueOption>();
        HeaderManipulation.AddRequestHeaders(input.HeadersToAdd, added, view, found);
        var output = new EnvoyEarly();
        foreach (var header in added) output.Mutations.Add(new HeaderMutation { Append = header });
        foreach (var name in input.HeadersToRemove)
        {
            // Envoy takes any name here, and without its pseudo headers no request gets through (envoy.md 6.5).
            if (HeaderChecks.CheckName(name) is { } why)
                found.Add(Problem.Error(EnvoyCodes.InvalidOption, $"headersToRemove: {why}"));
            else output.Mutations.Add(new HeaderMutation { Remove = name });
        }

        problems.AddRange(found.Select(problem => problem with
        {
            Message = $"httpConnectionManagerSettings.earlyHeaderManipulation: {problem.Message}",
        }));
        if (output.Mutations.Count == 0) return;
        manager.EarlyHeaderMutationExtensions.Add(new EnvoyCore.TypedExtensionConfig
        {
            Name = Name,
            TypedConfig = AnyTypes.Pack(output),
        });
    }
}
