using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Stagedoor.Api.Documents;

/// <summary>JSON text, one document or several behind each other, to nodes with lines.</summary>
internal ref struct JsonNodes
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly NodeLimits _limits;
    private Utf8JsonReader _reader;
    private long _position;
    private int _line;

    private JsonNodes(ReadOnlySpan<byte> bytes, int firstLine, DocumentReaderOptions options)
    {
        _bytes = bytes;
        _limits = new NodeLimits(options);
        // One more than the limit, so that our own message is the one that users see.
        _reader = new Utf8JsonReader(
            bytes, new JsonReaderOptions { MaxDepth = options.MaxDepth + 2, AllowMultipleValues = true });
        _line = firstLine;
    }

    /// <summary>The roots of the documents in <paramref name="text"/>.</summary>
    /// <exception cref="DocumentException">The text is not JSON or exceeds a limit.</exception>
    public static List<Node> Read(string text, int firstLine, DocumentReaderOptions options)
    {
        var nodes = new JsonNodes(Encoding.UTF8.GetBytes(text), firstLine, options);
        try
        {
            return nodes.ReadAll();
        }
        catch (JsonException error)
        {
            var line = firstLine + (int)(error.LineNumber ?? 0);
            throw new DocumentException(DocumentCodes.Syntax, line, "not JSON: " + Plain(error.Message));
        }
        catch (InvalidOperationException)
        {
            throw new DocumentException(DocumentCodes.Syntax, nodes._line, "a string contains half a surrogate pair");
        }
    }

    private List<Node> ReadAll()
    {
        var roots = new List<Node>();
        while (_reader.Read()) roots.Add(ReadNode(1));
        return roots;
    }

    private Node ReadNode(int depth)
    {
        var line = Line();
        _limits.Written(depth, line);
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadMap(depth, line);
            case JsonTokenType.StartArray:
                return ReadList(depth, line);
            case JsonTokenType.String:
                return new Node(NodeKind.String, line) { Text = Text(line) };
            case JsonTokenType.Number:
                return new Node(NodeKind.Number, line) { Text = Number() };
            case JsonTokenType.True:
                return new Node(NodeKind.Bool, line) { Text = "true" };
            case JsonTokenType.False:
                return new Node(NodeKind.Bool, line) { Text = "false" };
            default:
                return new Node(NodeKind.Null, line);
        }
    }

    private Node ReadMap(int depth, int line)
    {
        var map = new Node(NodeKind.Map, line) { Entries = [] };
        var builder = new MapBuilder(map);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var keyLine = Line();
            var key = Text(keyLine);
            _reader.Read();
            builder.Add(key, keyLine, ReadNode(depth + 1));
        }

        return map;
    }

    private Node ReadList(int depth, int line)
    {
        var list = new Node(NodeKind.List, line) { Items = [] };
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            var item = ReadNode(depth + 1);
            list.Items.Add(item);
            NodeLimits.Grow(list, item);
        }

        return list;
    }

    private readonly string Text(int line)
    {
        var text = _reader.GetString()!;
        return text.Contains('\0', StringComparison.Ordinal)
            ? throw new DocumentException(DocumentCodes.Syntax, line, "a string contains the character NUL")
            : text;
    }

    private readonly string Number()
    {
        if (_reader.TryGetInt64(out var integer)) return integer.ToString(CultureInfo.InvariantCulture);
        if (_reader.TryGetUInt64(out var large)) return large.ToString(CultureInfo.InvariantCulture);
        return _reader.GetDouble().ToString("R", CultureInfo.InvariantCulture);
    }

    private int Line()
    {
        _line += _bytes[(int)_position..(int)_reader.TokenStartIndex].Count((byte)'\n');
        _position = _reader.TokenStartIndex;
        return _line;
    }

    /// <summary>The words of the exception without the position at their end.</summary>
    private static string Plain(string message)
    {
        var position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var text = (position < 0 ? message : message[..position]).TrimEnd('.');
        return text.Length > 1 ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}
