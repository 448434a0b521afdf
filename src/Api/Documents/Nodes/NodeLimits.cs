namespace Stagedoor.Api.Documents;

/// <summary>Counts the nodes of one document against the limits while it is built.</summary>
internal sealed class NodeLimits(DocumentReaderOptions options)
{
    private int _written;
    private long _aliased;

    public int MaxDepth => options.MaxDepth;

    /// <summary>Counts a node that the text spells out at this depth (the root's is 1).</summary>
    public void Written(int depth, int line)
    {
        CheckDepth(depth, line);
        if (++_written > options.MaxNodes)
            throw new DocumentException(DocumentCodes.Limit, line, $"more than {options.MaxNodes} values");
    }

    /// <summary>Counts a use of an alias at this depth.</summary>
    public void Aliased(Node target, int depth, int line)
    {
        CheckDepth(depth + target.Height - 1, line);
        _aliased += target.Size;
        if (_aliased > options.MaxAliasNodes)
            throw new DocumentException(
                DocumentCodes.Limit, line, $"aliases expand to more than {options.MaxAliasNodes} values");
    }

    /// <summary>Adds a child's size and height to its parent's.</summary>
    public static void Grow(Node parent, Node child)
    {
        // Sizes beyond the alias limit need not be exact, only large.
        parent.Size = (int)Math.Min((long)parent.Size + child.Size, int.MaxValue);
        parent.Height = Math.Max(parent.Height, child.Height + 1);
    }

    private void CheckDepth(int depth, int line)
    {
        if (depth > options.MaxDepth)
            throw new DocumentException(DocumentCodes.Limit, line, $"nested deeper than {options.MaxDepth} levels");
    }
}
