using System.Collections.Immutable;
using System.Globalization;
using Shouldly;
using Stagedoor.Xds.Harness.Clients;
using Stagedoor.Xds.Harness.Language;

namespace Stagedoor.Xds.Harness;

/// <summary>What a step says of a reply: <c>TYPE [vN] item…</c>, exactly these items in any order.</summary>
internal sealed class Expected
{
    private readonly string _version;
    private readonly ImmutableSortedSet<string> _items;

    public Expected(ImmutableArray<string> words)
    {
        Type = Item.Type(words[0]);
        var rest = words.Skip(1).ToList();
        if (rest.Count > 0 && rest[0].Length > 1 && rest[0][0] == 'v' && rest[0].Skip(1).All(char.IsAsciiDigit))
        {
            _version = rest[0][1..];
            rest.RemoveAt(0);
        }
        else
        {
            _version = "";
        }

        _items = Sorted(rest.SelectMany(Item.Read)
            .Select(item => item.IsRemoval ? $"-{item.Name}" : $"{item.Name}={item.Content}"));
    }

    public XdsType Type { get; }

    /// <summary>Whether nothing is missing.</summary>
    public bool IsComplete(Reply reply) => Items(reply).Count() >= _items.Count;

    /// <summary>Fails if the reply is another one.</summary>
    public void Match(Reply reply)
    {
        Items(reply).Count().ShouldBe(_items.Count, Text(reply));
        Sorted(Items(reply)).ShouldBe(_items);
        if (_version.Length > 0)
            History.GenerationOf(reply.Version).Seq.ToString(CultureInfo.InvariantCulture).ShouldBe(_version);
    }

    /// <summary>A reply in the words of the language.</summary>
    public static string Text(Reply reply) => string.Join(' ', Sorted(Items(reply)));

    private static IEnumerable<string> Items(Reply reply) =>
        reply.Resources.Select(resource => $"{resource.Name}={resource.Content}")
            .Concat(reply.Removed.Select(name => $"-{name}"));

    private static ImmutableSortedSet<string> Sorted(IEnumerable<string> items) =>
        items.ToImmutableSortedSet(StringComparer.Ordinal);
}
