using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Stagedoor.Api.Documents;

/// <summary>
/// YAML text to nodes, from the parser's events: with lines, limits and duplicate keys refused. Recursion is bounded by
/// <see cref="DocumentReaderOptions.MaxDepth"/>.
/// </summary>
internal sealed class YamlNodes
{
    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly DocumentReaderOptions _options;
    private readonly int _lineOffset;
    private readonly Dictionary<string, Node> _anchors = [];
    private NodeLimits _limits;
    private int _lastLine;

    private YamlNodes(string text, int firstLine, DocumentReaderOptions options)
    {
        _scanner = new Scanner(new StringReader(text), skipComments: true);
        _parser = new Parser(_scanner);
        _options = options;
        _lineOffset = firstLine - 1;
        _lastLine = firstLine;
        _limits = new NodeLimits(options);
    }

    /// <summary>
    /// The roots of the documents in <paramref name="text"/>, whose first line is <paramref name="firstLine"/>.
    /// </summary>
    /// <exception cref="DocumentException">The text is not YAML or exceeds a limit.</exception>
    public static IEnumerable<Node> Read(string text, int firstLine, DocumentReaderOptions options)
    {
        var nodes = new YamlNodes(text, firstLine, options);
        while (nodes.NextDocument() is { } root) yield return root;
    }

    private Node? NextDocument()
    {
        while (MoveNext())
        {
            if (_parser.Current is not DocumentStart) continue;
            _anchors.Clear();
            _limits = new NodeLimits(_options);
            Next();
            return ReadNode(1);
        }

        return null;
    }

    private Node ReadNode(int depth)
    {
        var current = Current;
        var line = Line(current.Start);
        if (current is AnchorAlias alias)
        {
            var name = alias.Value.Value;
            if (!_anchors.TryGetValue(name, out var target))
                throw new DocumentException(DocumentCodes.Syntax, line, "an alias without a finished anchor before it");
            _limits.Aliased(target, depth, line);
            return target;
        }

        _limits.Written(depth, line);
        if (current is not NodeEvent { Anchor: var anchor })
            throw new DocumentException(DocumentCodes.Syntax, line, "a value was expected");
        // An anchor that is being defined again must not be seen by its own content.
        if (!anchor.IsEmpty) _anchors.Remove(anchor.Value);
        var node = current switch
        {
            Scalar scalar => ReadScalar(scalar, line),
            SequenceStart => ReadList(depth, line),
            MappingStart => ReadMap(depth, line),
            _ => throw new DocumentException(DocumentCodes.Syntax, line, "a value was expected"),
        };
        if (!anchor.IsEmpty) _anchors[anchor.Value] = node;
        return node;
    }

    private static Node ReadScalar(Scalar scalar, int line)
    {
        if (scalar.Value.Contains('\0', StringComparison.Ordinal))
            throw new DocumentException(DocumentCodes.Syntax, line, "a string contains the character NUL");
        if (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific || scalar.Tag.IsLocal)
            return scalar.Style is ScalarStyle.Plain
                ? PlainScalar.Resolve(scalar.Value, line)
                : new Node(NodeKind.String, line) { Text = scalar.Value };
        return scalar.Tag.Value == "tag:yaml.org,2002:str"
            ? new Node(NodeKind.String, line) { Text = scalar.Value }
            : PlainScalar.Resolve(scalar.Value, line);
    }

    private Node ReadList(int depth, int line)
    {
        var list = new Node(NodeKind.List, line) { Items = [] };
        while (Next() is not SequenceEnd)
        {
            var item = ReadNode(depth + 1);
            list.Items.Add(item);
            NodeLimits.Grow(list, item);
        }

        return list;
    }

    private Node ReadMap(int depth, int line)
    {
        var map = new Node(NodeKind.Map, line) { Entries = [] };
        var builder = new MapBuilder(map);
        List<Node>? merges = null;
        while (Next() is not MappingEnd)
        {
            var plain = Current is Scalar { Style: ScalarStyle.Plain };
            var key = ReadNode(depth + 1);
            if (key.Kind is NodeKind.List or NodeKind.Map)
                throw new DocumentException(DocumentCodes.Syntax, Line(Current.Start), "a key must be a string");
            var keyLine = key.Line;
            var text = Current is Scalar written ? written.Value : key.Text;
            Next();
            var value = ReadNode(depth + 1);
            if (plain && text == "<<") (merges ??= []).Add(value);
            else builder.Add(text, keyLine, value);
        }

        foreach (var merge in merges ?? []) Merge(ref builder, merge, line);
        return map;
    }

    private void Merge(ref MapBuilder builder, Node value, int line)
    {
        var sources = value.Kind == NodeKind.List ? value.Items : [value];
        foreach (var source in sources)
        {
            if (source.Kind != NodeKind.Map)
                throw new DocumentException(DocumentCodes.Syntax, line, "the merge key << needs maps");
            _limits.Aliased(source, 1, line);
            builder.Merge(source);
        }
    }

    private ParsingEvent Current => _parser.Current!;

    private ParsingEvent Next() =>
        MoveNext() && _parser.Current is { } next
            ? next
            : throw new DocumentException(DocumentCodes.Syntax, _lastLine, "the text ends in the middle of a value");

    private bool MoveNext()
    {
        try
        {
            var moved = _parser.MoveNext();
            if (_parser.Current is { } current) _lastLine = Line(current.Start);
            return moved;
        }
        catch (YamlException error)
        {
            // Some errors are said to begin where the map does in which they were met.
            var start = Line(error.Start);
            var line = start < _lastLine ? Line(_scanner.CurrentPosition) : start;
            throw new DocumentException(DocumentCodes.Syntax, line, Plain(error.Message));
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException
            or IndexOutOfRangeException or OverflowException or NullReferenceException)
        {
            // The parser's own slips on some malformed texts.
            throw new DocumentException(DocumentCodes.Syntax, _lastLine, "not YAML from here on");
        }
    }

    private int Line(Mark mark) => (int)mark.Line + _lineOffset;

    /// <summary>YamlDotNet's words without the capital and the full stop, to stand inside a sentence.</summary>
    private static string Plain(string message)
    {
        var text = message.TrimEnd('.');
        return text.Length > 1 ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}
