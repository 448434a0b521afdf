using Google.Protobuf;
using Google.Protobuf.Reflection;
using Stagedoor.Api;
using Stagedoor.Api.Core;
using DescriptorCase = Solo.Gloo.Options.GrpcJson.GrpcJsonTranscoder.DescriptorSetOneofCase;
using GlooTranscoder = Solo.Gloo.Options.GrpcJson.GrpcJsonTranscoder;

namespace Stagedoor.Translation.Envoy;

/// <summary>File descriptor sets of transcoders, given inline or in a ConfigMap (envoy-translation 9.11).</summary>
internal static class ProtoDescriptors
{
    /// <summary>The set, which parses and has the services; empty if something is wrong, which is reported.</summary>
    public static ByteString Read(GlooTranscoder input, TrackedView view, List<Problem> problems)
    {
        var bytes = input.DescriptorSetCase switch
        {
            DescriptorCase.ProtoDescriptorBin => input.ProtoDescriptorBin,
            DescriptorCase.ProtoDescriptorConfigMap => FromConfigMap(input.ProtoDescriptorConfigMap, view, problems),
            _ => Error(problems, "one of protoDescriptor, protoDescriptorBin, protoDescriptorConfigMap is needed"),
        };
        if (bytes is null) return ByteString.Empty;
        try
        {
            var known = FileDescriptorSet.Parser.ParseFrom(bytes).File
                .SelectMany(file => file.Service.Select(service =>
                    file.Package.Length == 0 ? service.Name : $"{file.Package}.{service.Name}"))
                .ToHashSet(StringComparer.Ordinal);
            foreach (var service in input.Services.Where(service => !known.Contains(service)))
                Error(problems, $"the descriptor has no service '{service}'");
        }
        catch (InvalidProtocolBufferException)
        {
            Error(problems, "the descriptor is not a FileDescriptorSet");
        }

        return bytes;
    }

    private static ByteString? FromConfigMap(
        GlooTranscoder.Types.DescriptorConfigMap source, TrackedView view, List<Problem> problems)
    {
        if (source.ConfigMapRef is not { } reference)
            return Error(problems, "protoDescriptorConfigMap.configMapRef is required");
        var map = view.Find<ConfigMap>(ResourceKinds.ConfigMap, reference.Namespace, reference.Name);
        if (map is null) return Error(problems, $"ConfigMap {reference.Namespace}.{reference.Name} not found");
        var key = source.Key.Length > 0 ? source.Key : map.Data.Count == 1 ? map.Data.First().Key : "";
        if (!map.Data.TryGetValue(key, out var text))
            return Error(
                problems, $"ConfigMap {reference.Namespace}.{reference.Name} has no key '{source.Key}'"
                + (key.Length == 0 ? ", and which one is meant is not clear" : ""));
        try
        {
            return ByteString.FromBase64(text.Trim());
        }
        catch (FormatException)
        {
            return Error(problems, $"key '{key}' of ConfigMap {reference.Namespace}.{reference.Name} is not base64");
        }
    }

    private static ByteString? Error(List<Problem> problems, string reason)
    {
        problems.Add(Problem.Error(EnvoyCodes.InvalidOption, reason));
        return null;
    }
}
