using System.Collections.Immutable;
using Google.Protobuf;
using Stagedoor.Actors.Protocol;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Storage;

/// <summary>
/// A resource's bytes as runs of parts: copied from another content of the same resource, or written out. One changed
/// virtual host of a RouteConfiguration of 2 MB costs its own size.
/// </summary>
internal static class BodyParts
{
    /// <summary>The whole content.</summary>
    public static WireSegment Whole(EncodedResource resource)
    {
        var segment = new WireSegment { Literal = UnsafeByteOperations.UnsafeWrap(resource.Bytes) };
        segment.Lengths.AddRange(Lengths(resource, 0, resource.PartEnds.Length));
        return segment;
    }

    /// <summary>The difference to <paramref name="before"/>; empty if nothing of it can be used.</summary>
    public static List<WireSegment> Difference(EncodedResource now, EncodedResource before)
    {
        var (n, m) = (now.PartEnds.Length, before.PartEnds.Length);
        if (n == 0 || m == 0) return [];
        var head = 0;
        while (head < n && head < m && Part(now, head).SequenceEqual(Part(before, head))) head++;
        var tail = 0;
        while (tail < n - head && tail < m - head && Part(now, n - 1 - tail).SequenceEqual(Part(before, m - 1 - tail)))
            tail++;

        var writer = new SegmentWriter(now);
        writer.Copy(0, head);
        Middle(writer, now, before, head, n - tail, m - tail);
        writer.Copy(m - tail, tail);
        return writer.Finish();
    }

    /// <summary>Joins the segments; null if they do not fit the base.</summary>
    public static (byte[] Bytes, ImmutableArray<int> Ends)? Join(
        IReadOnlyList<WireSegment> segments, EncodedResource? before, bool inParts)
    {
        long length = 0;
        foreach (var segment in segments)
        {
            if (segment.Count > 0 && !Fits(segment, before)) return null;
            length += segment.Count > 0 ? CopyRange(before!, segment).Length : segment.Literal.Length;
        }

        if (length > Array.MaxLength) return null;
        var bytes = new byte[length];
        var ends = ImmutableArray.CreateBuilder<int>();
        var at = 0;
        foreach (var segment in segments)
        {
            var range = segment.Count > 0 ? CopyRange(before!, segment) : segment.Literal.Span;
            range.CopyTo(bytes.AsSpan(at));
            if (inParts) AddEnds(ends, segment, before, at, range.Length);
            at += range.Length;
        }

        return (bytes, ends.DrainToImmutable());
    }

    private static void Middle(
        SegmentWriter writer, EncodedResource now, EncodedResource before, int start, int nowEnd, int beforeEnd)
    {
        if (start >= nowEnd) return;
        var known = new Dictionary<ResourceHash, int>();
        for (var part = start; part < beforeEnd; part++) known.TryAdd(ResourceHash.Of(Part(before, part)), part);
        for (var part = start; part < nowEnd; part++)
        {
            if (known.Count > 0 && known.TryGetValue(ResourceHash.Of(Part(now, part)), out var same))
                writer.Copy(same, 1);
            else writer.Literal(part);
        }
    }

    private static bool Fits(WireSegment segment, EncodedResource? before) =>
        before is not null && segment.First >= 0 && segment.Count <= before.PartEnds.Length - segment.First;

    private static ReadOnlySpan<byte> CopyRange(EncodedResource before, WireSegment segment)
    {
        var start = Start(before, segment.First);
        return before.Bytes.Span[start..before.PartEnds[segment.First + segment.Count - 1]];
    }

    private static void AddEnds(
        ImmutableArray<int>.Builder ends, WireSegment segment, EncodedResource? before, int at, int length)
    {
        if (segment.Count > 0)
        {
            var shift = at - Start(before!, segment.First);
            for (var part = segment.First; part < segment.First + segment.Count; part++)
                ends.Add(before!.PartEnds[part] + shift);
        }
        else if (segment.Lengths.Count == 0)
        {
            ends.Add(at + length);
        }
        else
        {
            foreach (var part in segment.Lengths) ends.Add(at += part);
        }
    }

    private static int Start(EncodedResource resource, int part) => part == 0 ? 0 : resource.PartEnds[part - 1];

    private static ReadOnlySpan<byte> Part(EncodedResource resource, int part) =>
        resource.Bytes.Span[Start(resource, part)..resource.PartEnds[part]];

    private static IEnumerable<int> Lengths(EncodedResource resource, int first, int end)
    {
        for (var part = first; part < end; part++) yield return resource.PartEnds[part] - Start(resource, part);
    }

    /// <summary>Collects runs: neighbouring copies and neighbouring literals become one segment.</summary>
    private sealed class SegmentWriter(EncodedResource now)
    {
        private readonly List<WireSegment> _segments = [];
        private int _literalStart = -1;
        private int _literalEnd;
        private bool _copied;

        public void Copy(int first, int count)
        {
            if (count == 0) return;
            _copied = true;
            Flush();
            if (_segments.Count > 0 && _segments[^1] is { Count: > 0 } last && last.First + last.Count == first)
                last.Count += count;
            else _segments.Add(new WireSegment { First = first, Count = count });
        }

        public void Literal(int part)
        {
            if (_literalStart < 0) _literalStart = part;
            _literalEnd = part + 1;
        }

        public List<WireSegment> Finish()
        {
            Flush();
            return _copied ? _segments : [];
        }

        private void Flush()
        {
            if (_literalStart < 0) return;
            var range = now.Bytes[Start(now, _literalStart)..now.PartEnds[_literalEnd - 1]];
            var segment = new WireSegment { Literal = UnsafeByteOperations.UnsafeWrap(range) };
            segment.Lengths.AddRange(Lengths(now, _literalStart, _literalEnd));
            _segments.Add(segment);
            _literalStart = -1;
        }
    }
}
