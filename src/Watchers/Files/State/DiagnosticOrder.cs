using Stagedoor.Api;

namespace Stagedoor.Watchers;

/// <summary>The stable order of diagnostics: by file, line, code and text.</summary>
internal sealed class DiagnosticOrder : IComparer<Diagnostic>
{
    public static readonly DiagnosticOrder Instance = new();

    public int Compare(Diagnostic? left, Diagnostic? right)
    {
        if (ReferenceEquals(left, right)) return 0;
        if (left is null) return -1;
        if (right is null) return 1;
        var order = string.CompareOrdinal(left.Source?.File, right.Source?.File);
        if (order == 0) order = (left.Source?.Line ?? 0).CompareTo(right.Source?.Line ?? 0);
        if (order == 0) order = string.CompareOrdinal(left.Code, right.Code);
        if (order == 0) order = Nullable.Compare(left.Resource, right.Resource);
        if (order == 0) order = string.CompareOrdinal(left.Field, right.Field);
        return order == 0 ? string.CompareOrdinal(left.Message, right.Message) : order;
    }
}
