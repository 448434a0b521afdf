using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Solo.Core;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Api.Documents;

/// <summary>One document's root node into resources: finds the kind, opens lists, reads metadata and body.</summary>
internal sealed class ObjectReader
{
    private readonly ReadContext _context;
    private readonly GlooLayout? _layout;
    private readonly MetadataReader _metadata;
    private readonly MessageReader _messages;
    private readonly CoreReader _core;
    private readonly RecordReader _records;
    private readonly List<Resource> _resources = [];
    private readonly List<ResourceKey> _broken = [];
    private readonly SortedDictionary<string, (int Count, int Line)> _ignored = new(StringComparer.Ordinal);

    public ObjectReader(ReadContext context, GlooLayout? layout)
    {
        _context = context;
        _layout = layout;
        _metadata = new MetadataReader(context);
        _messages = new MessageReader(context);
        _core = new CoreReader(context);
        _records = new RecordReader(context);
    }

    /// <summary>Whether a part was met whose object is not known.</summary>
    public bool HasUnidentified { get; private set; }

    public void Read(Node root)
    {
        if (root.IsNull) return;
        _context.Begin();
        if (root.Kind != NodeKind.Map)
        {
            Unidentified(DocumentCodes.NoKind, root.Line, $"an object was expected, not {root.Describe()}");
            return;
        }

        Read(root, "", "");
    }

    /// <summary>A part of the text that could not be parsed.</summary>
    public void Unreadable(DocumentException error)
    {
        _context.Begin();
        Unidentified(error.Code, error.Line, error.Message);
    }

    public DocumentSet Finish()
    {
        foreach (var (kind, (count, line)) in _ignored)
            _context.Info(
                DocumentCodes.IgnoredKind, line,
                count == 1 ? $"{kind} is not read" : $"{kind} is not read ({count} documents)");
        return new DocumentSet
        {
            Resources = [.. _resources],
            Broken = [.. _broken],
            HasUnidentified = HasUnidentified,
            Diagnostics = [.. _context.Diagnostics],
        };
    }

    private void Read(Node node, string listApiVersion, string listKind)
    {
        _context.Begin();
        var apiVersion = Header(node, "apiVersion") ?? listApiVersion;
        var kind = Header(node, "kind") ?? listKind;
        if (kind.EndsWith("List", StringComparison.Ordinal) && node["items"] is { Kind: NodeKind.List } items)
        {
            ReadItems(items, apiVersion, kind[..^4]);
            return;
        }

        if (_layout is not null && apiVersion.Length == 0 && kind.Length == 0)
        {
            ReadFlat(node, _layout);
            return;
        }

        if (apiVersion.Length == 0 || kind.Length == 0)
        {
            var what = apiVersion.Length == 0 && kind.Length == 0 ? "apiVersion and kind are"
                : kind.Length == 0 ? "kind is" : "apiVersion is";
            Unidentified(DocumentCodes.NoKind, node.Line, $"{what} missing or no string");
            return;
        }

        ReadKind(node, apiVersion, kind);
    }

    private void ReadItems(Node items, string apiVersion, string kind)
    {
        // The items of a plain List say their own kind.
        var ofKind = kind.Length > 0;
        foreach (var item in items.Items)
        {
            if (item.Kind == NodeKind.Map) Read(item, ofKind ? apiVersion : "", kind);
            else if (!item.IsNull)
            {
                _context.Begin();
                Unidentified(DocumentCodes.NoKind, item.Line, $"an object was expected, not {item.Describe()}");
            }
        }
    }

    private void ReadKind(Node node, string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : apiVersion[..slash];
        if (KindTable.Find(group, kind) is not { } known)
        {
            if (KindTable.IsGlooGroup(group))
                Unidentified(
                    DocumentCodes.UnknownKind, node.Line, $"{Shorten(group)} has no kind {Shorten(kind)}",
                    KindTable.Hint(group, kind));
            else Ignore(node, Shorten(kind), Shorten(apiVersion));
            return;
        }

        _context.Resource = Identify(node, known, _context.Options.DefaultNamespace);
        var api = GatewayApiKinds.All.GetValueOrDefault((known.Group, known.Kind));
        var isRead = api is null
            ? apiVersion == known.ApiVersion
            : api.Versions.Contains(apiVersion[(known.Group.Length + 1)..], StringComparer.Ordinal);
        if (!isRead)
        {
            _context.Error(
                DocumentCodes.UnknownKind, node.Line,
                $"{kind} is read in version {known.Version}, not in the one given",
                $"apiVersion: {known.ApiVersion}");
            Fail();
            return;
        }

        var isMessage = KindTable.Messages.TryGetValue((known.Group, known.Kind), out var row);
        var metadata = _metadata.Read(
            node, known, _context.Options.DefaultNamespace, strict: isMessage || api is not null);
        var body = isMessage ? ReadMessage(node, row.Message)
            : api is not null ? _records.ReadObject(node, api.Record)
            : _core.Read(node, known);
        Complete(node, known, metadata, body);
    }

    private IMessage ReadMessage(Node node, MessageDescriptor type)
    {
        var message = MessageShape.Of(type).Create();
        foreach (var entry in node.Entries)
        {
            if (entry.Key is "apiVersion" or "kind" or "metadata" or "status") continue;
            _context.Path.Push(entry.Key);
            if (entry.Key == "spec") FillSpec(entry.Value, message);
            else UnknownTop(entry, type);
            _context.Path.Pop();
        }

        return message;
    }

    private void FillSpec(Node spec, IMessage message)
    {
        if (message is Solo.Gloo.Proxy && CompressedSpec.Find(spec) is { } compressed)
        {
            if (CompressedSpec.Expand(compressed, _context) is not { } expanded) return;
            spec = expanded;
        }

        // These are fields of the message but stand outside of spec.
        if (spec.Kind == NodeKind.Map)
            foreach (var entry in spec.Entries)
                if (IsOutside(entry.Key))
                    _context.Error(
                        DocumentCodes.UnknownField, entry.Line, $"{entry.Key} does not belong into spec");
        _messages.Fill(spec, message, IsOutside);
    }

    private static bool IsOutside(string key) => key is "metadata" or "namespacedStatuses" or "namespaced_statuses";

    private void UnknownTop(Entry entry, MessageDescriptor type)
    {
        var inSpec = MessageShape.Of(type).Find(entry.Key) is not null;
        var hint = inSpec ? $"did you mean \"spec.{entry.Key}\"? check the indentation"
            : Spelling.Hint(entry.Key, ["apiVersion", "kind", "metadata", "spec", "status"]);
        _context.Error(DocumentCodes.UnknownField, entry.Line, "unknown field", hint);
    }

    private void ReadFlat(Node node, GlooLayout layout)
    {
        var defaultNamespace = layout.Namespace;
        _context.Resource = Identify(node, layout.Kind, defaultNamespace);
        var metadata = _metadata.Read(node, layout.Kind, defaultNamespace, strict: true);
        var message = MessageShape.Of(layout.Message).Create();
        _messages.Fill(
            node, message, static key => key == "status" || IsOutside(key));
        var (body, changed) = GlooLayout.ToBody(message, metadata);
        Complete(node, layout.Kind, changed, body);
    }

    private void Complete(Node node, ResourceKind kind, ObjectMetadata? metadata, object body)
    {
        if (metadata is null || _context.Errors > 0)
        {
            Fail();
            return;
        }

        if (body is IMessage message && message.Descriptor.FindFieldByName("metadata") is { } field)
            field.Accessor.SetValue(message, metadata.ToMessage());
        var resourceMetadata = metadata.ToResourceMetadata();
        var hash = ContentHashes.Of(resourceMetadata, body);
        if (metadata.Generation > 0 && body is IMessage given
            && given.Descriptor.FindFieldByName("metadata")?.Accessor.GetValue(given) is Metadata message2)
            message2.Generation = metadata.Generation;
        var key = ResourceKey.Of(kind, metadata.Namespace, metadata.Name);
        _resources.Add(
            new Resource(key, resourceMetadata, body, new SourceLocation(_context.File, node.Line), hash));
    }

    /// <summary>Notes the present object as broken.</summary>
    private void Fail()
    {
        if (_context.Resource is { } key) _broken.Add(key);
        else HasUnidentified = true;
    }

    private void Unidentified(string code, int line, string message, string? hint = null)
    {
        HasUnidentified = true;
        _context.Error(code, line, message, hint);
    }

    private void Ignore(Node node, string kind, string apiVersion)
    {
        var name = $"{kind} ({apiVersion})";
        var seen = _ignored.GetValueOrDefault(name, (0, node.Line));
        _ignored[name] = (seen.Item1 + 1, seen.Item2);
    }

    private static ResourceKey? Identify(Node node, ResourceKind kind, string defaultNamespace) =>
        MetadataReader.Identity(node, kind, defaultNamespace) is var (ns, name) ? ResourceKey.Of(kind, ns, name) : null;

    private static string? Header(Node node, string field) =>
        node[field] is { Kind: NodeKind.String, Text.Length: > 0 } text ? text.Text : null;

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "...";
}
