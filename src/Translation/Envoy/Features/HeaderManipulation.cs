using Google.Protobuf.Collections;
using Stagedoor.Api;
using AppendAction = Envoy.Config.Core.V3.HeaderValueOption.Types.HeaderAppendAction;
using GlooHeader = Solo.Envoy.Api.V2.Core.HeaderValueOption;
using GlooHeaders = Solo.Gloo.Options.Headers.HeaderManipulation;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>headerManipulation</c> of virtual hosts, routes and weighted destinations (envoy-translation 9.10).
/// </summary>
internal static class HeaderManipulation
{
    private const string HeaderSecretType = "gloo.solo.io/header";

    /// <summary>Replaces the four lists of an Envoy object.</summary>
    public static void Apply(
        GlooHeaders? headers,
        RepeatedField<EnvoyCore.HeaderValueOption> requestAdd,
        RepeatedField<string> requestRemove,
        RepeatedField<EnvoyCore.HeaderValueOption> responseAdd,
        RepeatedField<string> responseRemove,
        TrackedView view,
        List<Problem> problems)
    {
        if (headers is null) return;
        requestAdd.Clear();
        requestRemove.Clear();
        responseAdd.Clear();
        responseRemove.Clear();
        AddRequestHeaders(headers.RequestHeadersToAdd, requestAdd, view, problems);
        foreach (var header in headers.ResponseHeadersToAdd)
            Add(responseAdd, header.Header?.Key, header.Header?.Value, header.Append, problems);
        Remove(requestRemove, headers.RequestHeadersToRemove, problems);
        Remove(responseRemove, headers.ResponseHeadersToRemove, problems);
    }

    /// <summary>Adds request headers, those of secrets included.</summary>
    public static void AddRequestHeaders(
        RepeatedField<GlooHeader> headers,
        RepeatedField<EnvoyCore.HeaderValueOption> output,
        TrackedView view,
        List<Problem> problems)
    {
        foreach (var header in headers)
        {
            if (header.HeaderSecretRef is { } secret)
            {
                foreach (var (name, value) in HeadersOf(secret, view, problems))
                    Add(output, name, value, header.Append, problems);
            }
            else
            {
                Add(output, header.Header?.Key, header.Header?.Value, header.Append, problems);
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> HeadersOf(
        Solo.Core.ResourceRef reference, TrackedView view, List<Problem> problems)
    {
        var secret = view.Find<Api.Core.Secret>(ResourceKinds.Secret, reference.Namespace, reference.Name);
        if (secret is { Type: HeaderSecretType } or { Type: "Opaque", Data.Count: > 0 })
        {
            return secret.Data.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => (pair.Key, System.Text.Encoding.UTF8.GetString(pair.Value.Span)));
        }

        problems.Add(Problem.Error(
            EnvoyCodes.InvalidOption,
            $"headerManipulation: {reference.Namespace}.{reference.Name} is not a secret of headers"));
        return [];
    }

    // Values can be secrets, so no message may show them.
    private static void Add(
        RepeatedField<EnvoyCore.HeaderValueOption> list, string? name, string? value, bool? append,
            List<Problem> problems)
    {
        if ((HeaderChecks.CheckName(name ?? "") ?? HeaderChecks.CheckValue(value ?? "")) is { } why)
        {
            problems.Add(Problem.Error(EnvoyCodes.InvalidOption, $"headerManipulation: {why}"));
            return;
        }

        list.Add(new EnvoyCore.HeaderValueOption
        {
            Header = new EnvoyCore.HeaderValue { Key = name, Value = value },
            AppendAction = append == false ? AppendAction.OverwriteIfExistsOrAdd : AppendAction.AppendIfExistsOrAdd,
        });
    }

    private static void Remove(RepeatedField<string> list, RepeatedField<string> names, List<Problem> problems)
    {
        foreach (var name in names)
        {
            if (HeaderChecks.CheckName(name) is { } why)
                problems.Add(Problem.Error(EnvoyCodes.InvalidOption, $"headerManipulation: {why}"));
            else
                list.Add(name);
        }
    }
}
