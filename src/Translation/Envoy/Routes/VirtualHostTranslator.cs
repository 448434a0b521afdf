using System.Collections.Immutable;
using System.Globalization;
using Google.Protobuf;
using Stagedoor.Api;
using Stagedoor.Translation.Validation;

namespace Stagedoor.Translation.Envoy;

/// <summary>A virtual host with its routes (envoy-translation 4.2).</summary>
internal static class VirtualHostTranslator
{
    private const string Handled = """
        retries headerManipulation includeRequestAttemptCount includeAttemptCountInResponse
        """;

    private static readonly string All = Handled + " " + HttpFeatures.VirtualHostFields;

    /// <summary>Field 2 of RouteConfiguration, length-delimited.</summary>
    private const byte Tag = (2 << 3) | 2;

    /// <summary>Translates one virtual host; one with an error answers 500 to every request of its domains.</summary>
    public static VirtualHostPiece Translate(
        GlooV1.VirtualHost input, int index, ImmutableArray<string> domains, HttpContext http, TrackedView view,
        UpstreamLookup upstreams)
    {
        view.TakeReads();
        var field = string.Create(CultureInfo.InvariantCulture, $"{http.Field}.virtualHosts[{index}]");
        var host = new VirtualHostScope(input, field, http, view, upstreams);
        host.Output.Domains.AddRange(domains);
        if (http.RequireTls) host.Output.RequireTls = EnvoyRoute.VirtualHost.Types.TlsRequirementType.All;
        for (var i = 0; i < input.Routes.Count; i++) RouteTranslator.Translate(input.Routes[i], i, host);
        Options(host);
        var problems = host.Problems;
        if (problems.Exists(problem => problem.Severity == Severity.Error)) Close(host);
        foreach (var problem in problems.Distinct())
        {
            var level = problem.Severity == Severity.Error ? "Error" : "Warning";
            host.Findings.Add(new Finding(
                host.Sources,
                problem with { Message = $"VirtualHost {level}: Processing{level}. Reason: {problem.Message}" },
                field));
        }

        return new VirtualHostPiece(input, index, http, domains)
        {
            Bytes = Encode(host.Output),
            Clusters = [.. host.Clusters],
            Upstreams = [.. host.Upstreams],
            Dependencies = view.TakeReads(),
            Findings = [.. host.Findings],
            Filters = [.. host.Filters],
            Sources = SourcesOf(host),
        };
    }

    private static void Options(VirtualHostScope host)
    {
        var problems = host.Problems;
        var output = host.Output;
        if (output.Name.Length == 0)
        {
            output.Name = "_";
            problems.Add(Problem.Error(EnvoyCodes.InvalidVirtualHost, "a virtual host needs a name"));
        }

        if (host.Input.Options is { } options)
        {
            OptionGuard.Check(options, All, problems);
            Retries.OnVirtualHost(host, problems);
            HeaderManipulation.Apply(
                options.HeaderManipulation, output.RequestHeadersToAdd, output.RequestHeadersToRemove,
                output.ResponseHeadersToAdd, output.ResponseHeadersToRemove, host.View, problems);
            output.IncludeRequestAttemptCount = options.IncludeRequestAttemptCount ?? false;
            output.IncludeAttemptCountInResponse = options.IncludeAttemptCountInResponse ?? false;
        }

        foreach (var feature in HttpFeatures.All) feature.OnVirtualHost(host);
        foreach (var violation in MessageValidator.Validate(output))
            problems.Add(Problem.Error(EnvoyCodes.RejectedByRule, $"Envoy would reject the virtual host: {violation}"));
    }

    // Its domains must not fall to another virtual host, so it stays and answers.
    private static void Close(VirtualHostScope host)
    {
        var closed = DirectResponses.Closed();
        closed.Match = new EnvoyRoute.RouteMatch { Prefix = "/" };
        host.Output = new EnvoyRoute.VirtualHost
        {
            Name = host.Output.Name,
            Domains = { host.Output.Domains },
            RequireTls = host.Output.RequireTls,
            Routes = { closed },
        };
        host.Clusters.Clear();
    }

    private static byte[] Encode(EnvoyRoute.VirtualHost host)
    {
        var size = host.CalculateSize();
        var bytes = new byte[1 + CodedOutputStream.ComputeLengthSize(size) + size];
        using var output = new CodedOutputStream(bytes);
        output.WriteRawTag(Tag);
        output.WriteLength(size);
        host.WriteTo(output);
        output.CheckNoSpaceLeft();
        return bytes;
    }

    private static ImmutableArray<ResourceKey> SourcesOf(VirtualHostScope host)
    {
        var keys = new HashSet<ResourceKey>(host.Sources);
        foreach (var route in host.Input.Routes)
            if (route.MetadataStatic is { } metadata)
                keys.UnionWith(Sources.Of(metadata, []));
        return [.. keys];
    }
}
