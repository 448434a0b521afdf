using System.Globalization;
using System.Text;

namespace Stagedoor.Api.Documents;

/// <summary>Where the reader stands inside a document; rendered only when something is wrong.</summary>
internal sealed class FieldPath
{
    private readonly List<(string? Name, int Index)> _segments = [];

    public void Push(string name) => _segments.Add((name, 0));

    public void Push(int index) => _segments.Add((null, index));

    public void Pop() => _segments.RemoveAt(_segments.Count - 1);

    public void Clear() => _segments.Clear();

    /// <summary>For example <c>spec.virtualHost.routes[2].matchers[0]</c>; null at the root.</summary>
    public string? Render()
    {
        if (_segments.Count == 0) return null;
        var text = new StringBuilder();
        foreach (var (name, index) in _segments)
        {
            if (name is null) text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else if (text.Length == 0) text.Append(Shorten(name));
            else if (IsPlain(name)) text.Append('.').Append(name);
            else text.Append('[').Append(Shorten(name)).Append(']');
        }

        return text.ToString();
    }

    private static string Shorten(string name) => name.Length <= 100 ? name : name[..100] + "...";

    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
