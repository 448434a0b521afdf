using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Api.Documents;

/// <summary>Reads and checks a document's <c>metadata</c>.</summary>
internal sealed class MetadataReader(ReadContext context)
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "name", "namespace", "labels", "annotations", "generation", "creationTimestamp", "generateName", "uid",
        "resourceVersion", "selfLink", "ownerReferences", "finalizers", "managedFields", "deletionTimestamp",
        "deletionGracePeriodSeconds", "clusterName", "cluster",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The identity alone: also of documents whose other parts are in error. Reports nothing.</summary>
    public static (string Namespace, string Name)? Identity(Node document, ResourceKind kind, string defaultNamespace)
    {
        if (document["metadata"] is not { Kind: NodeKind.Map } metadata) return null;
        if (metadata["name"] is not { Kind: NodeKind.String, Text.Length: > 0 and <= 253 } name) return null;
        var ns = metadata["namespace"] is { Kind: NodeKind.String, Text.Length: > 0 and <= 253 } given
            ? given.Text
            : defaultNamespace;
        return (IsClusterWide(kind) ? "" : ns, name.Text);
    }

    /// <summary>The metadata; null after an error.</summary>
    /// <param name="document">The whole document.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="defaultNamespace">Namespace if it names none.</param>
    /// <param name="strict">Whether unknown fields are errors.</param>
    public ObjectMetadata? Read(Node document, ResourceKind kind, string defaultNamespace, bool strict)
    {
        var before = context.Errors;
        context.Path.Push("metadata");
        var result = Read(document["metadata"], document.Line, kind, defaultNamespace, strict);
        context.Path.Pop();
        return context.Errors == before ? result : null;
    }

    private ObjectMetadata? Read(Node? node, int line, ResourceKind kind, string defaultNamespace, bool strict)
    {
        if (node is not { Kind: NodeKind.Map })
        {
            context.Error(DocumentCodes.Metadata, node?.Line ?? line, "an object with the name is missing");
            return null;
        }

        if (strict) CheckFields(node);
        var name = ReadName(node, kind);
        var ns = IsClusterWide(kind) ? "" : ReadNamespace(node, defaultNamespace);
        return new ObjectMetadata(ns, name)
        {
            Labels = ReadStrings(node, "labels"),
            Annotations = ReadStrings(node, "annotations").Remove(ObjectMetadata.LastApplied),
            Generation = ReadGeneration(node),
            Created = ReadCreated(node),
        };
    }

    private static bool IsClusterWide(ResourceKind kind) =>
        kind == ResourceKinds.Namespace || kind == GatewayApiKinds.GatewayClass;

    private string ReadName(Node node, ResourceKind kind)
    {
        context.Path.Push("name");
        var name = node["name"];
        if (name is null)
        {
            var hint = node["generateName"] is null ? null : "generateName makes names only in a cluster";
            context.Error(DocumentCodes.Metadata, node.Line, "the name is missing", hint);
        }
        else if (name.Kind != NodeKind.String)
        {
            context.WrongType(name, "a string", "put the value in quotes");
        }
        else if (!IsName(name.Text, kind))
        {
            context.Error(
                DocumentCodes.Metadata, name.Line, "not a valid name",
                "lower-case letters, digits and hyphens, begun and ended by a letter or digit");
        }

        context.Path.Pop();
        return name?.Text ?? "";
    }

    private static bool IsName(string name, ResourceKind kind) =>
        kind == ResourceKinds.Service || kind == ResourceKinds.Namespace
            ? KubernetesNames.IsLabel(name)
            : KubernetesNames.IsSubdomain(name);

    private string ReadNamespace(Node node, string defaultNamespace)
    {
        if (node["namespace"] is not { } given || given is { Kind: NodeKind.String, Text: "" }) return defaultNamespace;
        context.Path.Push("namespace");
        if (given.Kind != NodeKind.String) context.WrongType(given, "a string", "put the value in quotes");
        else if (!KubernetesNames.IsLabel(given.Text))
            context.Error(
                DocumentCodes.Metadata, given.Line, "not a valid namespace",
                "at most 63 lower-case letters, digits and hyphens, begun and ended by a letter or digit");
        context.Path.Pop();
        return given.Text;
    }

    private ImmutableSortedDictionary<string, string> ReadStrings(Node node, string field)
    {
        if (node[field] is not { } map) return ObjectMetadata.NoStrings;
        context.Path.Push(field);
        var result = NodeReader.Strings(map, context);
        context.Path.Pop();
        return result;
    }

    private long ReadGeneration(Node node)
    {
        if (node["generation"] is not { } generation) return 0;
        if (generation.Kind == NodeKind.Number
            && long.TryParse(generation.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return value;
        context.Path.Push("generation");
        context.WrongType(generation, "a whole number");
        context.Path.Pop();
        return 0;
    }

    private DateTimeOffset ReadCreated(Node node)
    {
        if (node["creationTimestamp"] is not { } created) return default;
        if (created.Kind == NodeKind.String && WellKnownReader.ParseTime(created.Text) is { } time) return time;
        context.Path.Push("creationTimestamp");
        context.WrongType(created, "a time such as \"2026-01-31T12:00:00Z\"");
        context.Path.Pop();
        return default;
    }

    private void CheckFields(Node node)
    {
        foreach (var entry in node.Entries)
        {
            if (Known.Contains(entry.Key)) continue;
            context.Path.Push(entry.Key);
            context.Error(
                DocumentCodes.UnknownField, entry.Line, "unknown field of metadata", Spelling.Hint(entry.Key, Known));
            context.Path.Pop();
        }
    }
}
