namespace Stagedoor.Api.Documents;

/// <summary>What a node is after YAML's or JSON's typing.</summary>
internal enum NodeKind : byte
{
    Null,
    Bool,
    Number,
    String,
    List,
    Map,
}

/// <summary>One value of a document with the line it starts on. Shared where the text uses an alias.</summary>
internal sealed class Node(NodeKind kind, int line)
{
    private const int CharactersForOneNode = 100;

    public NodeKind Kind { get; } = kind;

    /// <summary>One-based line in the file.</summary>
    public int Line { get; } = line;

    /// <summary>
    /// Scalars: the string; <c>true</c> or <c>false</c>; a number in decimal (integers without leading zeros or +).
    /// </summary>
    public string Text
    {
        get;
        init
        {
            field = value;
            Size = 1 + (value.Length / CharactersForOneNode);
        }
    } = "";

    public List<Node> Items { get; init; } = Nothing;

    public List<Entry> Entries { get; init; } = NoEntries;

    /// <summary>
    /// Nodes below and including this one, aliases expanded; a long text counts for several, because aliases multiply
    /// it as well.
    /// </summary>
    public int Size { get; set; } = 1;

    /// <summary>Levels below and including this one, aliases expanded.</summary>
    public int Height { get; set; } = 1;

    public bool IsNull => Kind == NodeKind.Null;

    /// <summary>The value of a key, or null if it is missing or null.</summary>
    public Node? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
                if (entry.Key == key)
                    return entry.Value.IsNull ? null : entry.Value;
            return null;
        }
    }

    /// <summary>The kind in words, for messages; never the value, which may be secret (rule I8).</summary>
    public string Describe() => Kind switch
    {
        NodeKind.Null => "null",
        NodeKind.Bool => "a boolean",
        NodeKind.Number => "a number",
        NodeKind.String => "a string",
        NodeKind.List => "a list",
        _ => "an object",
    };

    public static readonly List<Node> Nothing = [];
    public static readonly List<Entry> NoEntries = [];
}

/// <summary>One key with its value.</summary>
internal readonly record struct Entry(string Key, int Line, Node Value);
